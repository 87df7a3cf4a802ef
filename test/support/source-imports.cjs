'use strict';

// Jest's moduleNameMapper does not reach global setup and teardown: there, too, an import of a .js file
// that is written in TypeScript has to find its source.
const Module = require('node:module');
const resolve = Module._resolveFilename;

Module._resolveFilename = function (request, ...rest) {
  try {
    return resolve.call(this, request, ...rest);
  } catch (error) {
    if (!/^\.{1,2}\/.*\.js$/.test(request)) throw error;
    return resolve.call(this, request.replace(/\.js$/, '.ts'), ...rest);
  }
};
