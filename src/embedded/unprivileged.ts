import { chown, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BRING_YOUR_OWN, EmbeddedPostgresError } from './failure.js';
import { run, type Launch } from './program.js';

/** The user that PostgreSQL's programs run as. */
export interface ServerUser {
  launch(file: string, args: readonly string[]): Launch;
  /** Makes a file or directory of ours theirs. */
  give(path: string): Promise<void>;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root, so root's Pacta runs it as the first of these that exists. */
const STAND_INS = ['postgres', 'nobody'];

/** Capabilities that open closed directories to a user, and with the second one closed programs too. */
const WAYS_IN = ['dac_read_search', 'dac_override'];

const ourselves: ServerUser = {
  launch: (file, args) => ({ file, args, options: {} }),
  give: () => Promise.resolve(),
};

/** Picks whom to run `postgres` as, and how, so that it gets to its own files and to `cluster` in `dataDir`. */
export async function chooseServerUser(
  postgres: string,
  dataDir: string,
  cluster: string,
): Promise<ServerUser> {
  if (process.getuid?.() !== 0) return ourselves;
  const user = (await ownerOf(cluster)) ?? (await standIn());
  for (const candidate of await waysToRunAs(user, postgres, dataDir)) {
    const { failed } = await run(candidate.launch(postgres, ['--version']));
    if (!failed) return candidate;
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root, and user ${user.uid} can reach either its programs in ${dirname(postgres)} or ${dataDir} in no way; run Pacta as another user, or ${BRING_YOUR_OWN}.`,
  );
}

/** The least powerful way first. */
async function waysToRunAs(user: User, postgres: string, dataDir: string): Promise<ServerUser[]> {
  const { uid, gid } = user;
  const give = (path: string) => chown(path, uid, gid);
  const plain: ServerUser = { launch: (file, args) => ({ file, args, options: { uid, gid } }), give };
  const capable = WAYS_IN.map((capability): ServerUser => {
    const flags = [
      `--reuid=${uid}`,
      `--regid=${gid}`,
      '--clear-groups',
      // Without it capabilities do not count for access(2), by which initdb looks for the other programs.
      '--securebits=+no_setuid_fixup',
      `--inh-caps=+${capability}`,
      `--ambient-caps=+${capability}`,
    ];
    return {
      launch: (file, args) => ({ file: 'setpriv', args: [...flags, file, ...args], options: {} }),
      give,
    };
  });
  if (!(await permits(user, postgres, READ | EXECUTE))) return capable.slice(1);
  return (await mayEnter(user, dataDir)) ? [plain, ...capable] : capable;
}

/** A cluster stays with the user that it was made for. */
async function ownerOf(cluster: string): Promise<User | undefined> {
  const found = await stat(cluster).catch(() => undefined);
  return found && found.uid !== 0 ? { uid: found.uid, gid: found.gid } : undefined;
}

async function standIn(): Promise<User> {
  const lines = (await readFile('/etc/passwd', 'utf8').catch(() => '')).split('\n');
  for (const name of STAND_INS) {
    const [, uid, gid] =
      lines
        .map((line) => /^([^:]+):[^:]*:(\d+):(\d+):/.exec(line)?.slice(1))
        .find((it) => it?.[0] === name) ?? [];
    if (uid !== undefined && uid !== '0') return { uid: Number(uid), gid: Number(gid) };
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root, and there is neither a user ${STAND_INS.join(' nor a user ')} to run it as; run Pacta as another user, or ${BRING_YOUR_OWN}.`,
  );
}

/** Whether the user may go to the directory, as far as permission bits say. */
async function mayEnter(user: User, directory: string): Promise<boolean> {
  if (!(await permits(user, directory, EXECUTE))) return false;
  const parent = dirname(directory);
  return parent === directory || mayEnter(user, parent);
}

const READ = 4;
const EXECUTE = 1;

async function permits({ uid, gid }: User, path: string, bits: number): Promise<boolean> {
  const found = await stat(path);
  const shift = found.uid === uid ? 6 : found.gid === gid ? 3 : 0;
  return ((found.mode >> shift) & bits) === bits;
}
