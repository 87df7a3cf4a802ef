import type { CliCommand } from './command.js';

/** Every command of the command line, each loaded when it is called: most need little of what a service is made of. */
export const commands: Readonly<Record<string, () => Promise<CliCommand>>> = {
  migrate: async () => (await import('./migrate.js')).migrate,
  rebuild: async () => (await import('./rebuild.js')).rebuild,
  doctor: async () => (await import('./doctor.js')).doctor,
  key: async () => (await import('./key.js')).key,
  grant: async () => (await import('./grant.js')).grant,
  retry: async () => (await import('./parked.js')).retry,
  skip: async () => (await import('./parked.js')).skip,
  'arm-mail': async () => (await import('./mail.js')).armMail,
  'held-mails': async () => (await import('./mail.js')).held,
  demo: async () => (await import('./demo.js')).demo,
  openapi: async () => (await import('./openapi.js')).openapi,
};
