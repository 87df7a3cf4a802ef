const swc = (jsc, extra = {}) => [
  '@swc/jest',
  { module: { type: 'commonjs' }, jsc: { target: 'es2023', ...jsc }, ...extra },
];
const nest = { legacyDecorator: true, decoratorMetadata: true };
const preact = { runtime: 'automatic', importSource: 'preact' };

/** Source stays ESM; inside Jest it runs as CommonJS, so that mocks and fake timers behave classically. */
export default {
  testEnvironment: 'node',
  testRegex: '\\.spec\\.tsx?$',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.ts$': swc({ parser: { syntax: 'typescript', decorators: true }, transform: nest }),
    '\\.tsx$': swc({
      parser: { syntax: 'typescript', tsx: true, decorators: true },
      transform: { ...nest, react: preact },
    }),
    '\\.m?js$': swc({ parser: { syntax: 'ecmascript' } }, { isModule: 'unknown', sourceMaps: false }),
  },
  transformIgnorePatterns: [],
  globalSetup: './test/support/global-setup.ts',
  globalTeardown: './test/support/global-teardown.ts',
  testTimeout: 30_000,
  maxWorkers: 2,
};
