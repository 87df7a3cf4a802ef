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

/** Capabilities with which a user gets past directories that are closed to it, the least of them first. */
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
  const user = await ownerOf(cluster).then((owner) => owner ?? standIn());
  for (const candidate of waysToRunAs(user, await mayEnter(user, dataDir))) {
    const { failed } = await run(candidate.launch(postgres, ['--version']));
    if (!failed) return candidate;
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root, and user ${user.uid} can reach either its programs in ${dirname(postgres)} or ${dataDir} in no way; run Pacta as another user, or ${BRING_YOUR_OWN}.`,
  );
}

function waysToRunAs(user: User, reachesData: boolean): ServerUser[] {
  const { uid, gid } = user;
  const give = (path: string) => chown(path, uid, gid);
  const plain: ServerUser = { launch: (file, args) => ({ file, args, options: { uid, gid } }), give };
  const capable = WAYS_IN.map((capability): ServerUser => {
    const flags = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
    const before = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...flags];
    return {
      launch: (file, args) => ({ file: 'setpriv', args: [...before, file, ...args], options: {} }),
      give,
    };
  });
  return reachesData ? [plain, ...capable] : capable;
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

/** Whether the permission bits let the user into the directory and every directory above it. */
async function mayEnter({ uid, gid }: User, directory: string): Promise<boolean> {
  const found = await stat(directory);
  const bit = found.uid === uid ? 0o100 : found.gid === gid ? 0o010 : 0o001;
  if ((found.mode & bit) === 0) return false;
  const parent = dirname(directory);
  return parent === directory || mayEnter({ uid, gid }, parent);
}
