// Starts and stops VS Code's own server on 127.0.0.1, with data folders of its own.
import { randomBytes } from 'node:crypto';
import { appendFileSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServerInstall } from './codeServer';
import { removeFolder, resultsFolder, temporaryFolder } from './paths';
import { end, lineReader, run, start } from './processes';

/** How a server is started. */
export interface ServedOptions {
  /** Leave workspace trust on, to test Restricted Mode; off unless asked for. */
  readonly workspaceTrust?: boolean;
  /** The folder with installed extensions; a new empty one unless given. */
  readonly extensionsDir?: string;
  /** VSIX files to install before the server starts. */
  readonly install?: readonly string[];
  /** The folder of an extension to install as it is, without packing it. */
  readonly extensionPath?: string;
  /** The user's settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /**
   * Honour `extensionPath` and `testsPath` of an address: VS Code allows that only in its own automation mode,
   * in which it shows no notifications. So tests of the user interface install their extension instead.
   */
  readonly automation?: boolean;
  /** Keep serving while no window is open; without it the server ends some minutes after the last one. */
  readonly stay?: boolean;
  /** Extra environment of the server and of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
  /** Name of the log file in `test-results/logs`. */
  readonly logName?: string;
}

/** A running server. */
export interface Served {
  /** `http://127.0.0.1:PORT`, without a slash at its end. */
  readonly origin: string;
  /** The secret that the address must carry once as `?tkn=`; without it the server answers nobody. */
  readonly token: string;
  /** Where the server keeps user settings, global storage, workspace storage and logs. */
  readonly dataDir: string;
  /** The user's settings.json; the workbench follows changes of it. */
  readonly settingsFile: string;
  readonly extensionsDir: string;
  /** The file with what the server printed. */
  readonly log: string;
  /** Resolves with the server's exit code once it is gone, for whatever reason. */
  readonly ended: Promise<number>;
  /** The address of a workbench. Takes what it is to open. */
  url(open: WorkbenchAddress): string;
  /** Ends the server and the extension hosts it started, and removes its data folder unless told to keep it. */
  stop(how?: { readonly keepData?: boolean }): Promise<void>;
}

/** What a workbench is to open; all paths absolute. */
export interface WorkbenchAddress {
  readonly folder: string;
  /** An extension under development. */
  readonly extensionPath?: string;
  /** A module exporting `run(): Promise<void>`, to be run inside the extension host. */
  readonly testsPath?: string;
}

/** What the server says because its optional native modules are not built: it works without them. */
const noise = /spdlog|watchdog|native module|pty\.node|node-pty|kerberos|vsda|bindings file|Require stack|\.node'/i;

/** Installs VSIX files into an extensions folder, which is created when missing. Throws with the output if one fails. */
export async function installVsix(
  install: ServerInstall,
  files: readonly string[],
  extensionsDir: string,
  dataDir: string,
): Promise<void> {
  const args = files.flatMap((file) => ['--install-extension', file]);
  const common = ['--extensions-dir', extensionsDir, '--server-data-dir', dataDir, '--accept-server-license-terms'];
  const { code, output } = await run(install.node, [install.main, ...args, '--force', ...common], { timeout: 60_000 });
  // The server's exit code is 0 even for a file that it refused.
  if (code !== 0 || !/successfully installed/i.test(output)) throw new Error(`Cannot install ${files}:\n${output}`);
}

/** What of an extension's folder a package would not have. */
const notPackaged = new Set(['node_modules', 'out', 'src', 'test', 'test-results']);

/** Installs an extension from its built folder: copies what a package has, and enters it into VS Code's own list. */
function installFolder(extensionPath: string, extensionsDir: string): void {
  const manifest = JSON.parse(readFileSync(join(extensionPath, 'package.json'), 'utf8')) as Record<string, string>;
  const id = `${manifest['publisher']}.${manifest['name']}`;
  const folder = `${id}-${manifest['version']}`;
  const target = join(extensionsDir, folder);
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(extensionPath)) {
    if (name.startsWith('.') || notPackaged.has(name) || name.endsWith('.vsix')) continue;
    cpSync(join(extensionPath, name), join(target, name), { recursive: true, dereference: true });
  }
  const listFile = join(extensionsDir, 'extensions.json');
  const list = existsSync(listFile) ? (JSON.parse(readFileSync(listFile, 'utf8')) as unknown[]) : [];
  const location = { $mid: 1, path: pathToFileURL(target).pathname, scheme: 'file' };
  list.push({ identifier: { id }, version: manifest['version'], location, relativeLocation: folder });
  writeFileSync(listFile, JSON.stringify(list));
}

/** Starts a server and waits until it listens. Takes the installation and options; throws with its output if it ends. */
export async function serve(install: ServerInstall, options: ServedOptions = {}): Promise<Served> {
  const dataDir = temporaryFolder('server');
  const extensionsDir = options.extensionsDir ?? join(dataDir, 'extensions');
  const settingsFile = join(dataDir, 'data', 'User', 'settings.json');
  mkdirSync(dirname(settingsFile), { recursive: true });
  mkdirSync(extensionsDir, { recursive: true });
  writeFileSync(settingsFile, JSON.stringify(options.settings ?? {}, undefined, 2));
  if (options.install?.length) await installVsix(install, options.install, extensionsDir, dataDir);
  if (options.extensionPath) installFolder(options.extensionPath, extensionsDir);
  const token = randomBytes(16).toString('hex');
  const log = join(resultsFolder('logs'), `${options.logName ?? 'server'}-${process.pid}-${Date.now()}.log`);
  const args = [install.main, '--host', '127.0.0.1', '--port', '0', '--accept-server-license-terms'];
  args.push('--connection-token', token, '--server-data-dir', dataDir, '--extensions-dir', extensionsDir);
  args.push('--telemetry-level', 'off');
  // Should this process be killed without a chance to clean up, the server ends by itself some minutes later.
  if (!options.stay) args.push('--enable-remote-auto-shutdown');
  if (options.automation) args.push('--enable-smoke-test-driver');
  if (!options.workspaceTrust) args.push('--disable-workspace-trust');
  const env: NodeJS.ProcessEnv = { ...process.env, ...options.env };
  // What an enclosing editor or test runner left here must not reach the extension host.
  for (const name of Object.keys(env)) if (/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name)) delete env[name];
  const child = start(install.node, args, { env });
  const ended = new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)));
  let said = '';
  const port = await new Promise<number>((done, failed) => {
    const reader = lineReader((line) => {
      if (noise.test(line) || !line.trim()) return;
      said = (said + line + '\n').slice(-4000);
      // The address the server prints carries its token, which is nobody's business.
      appendFileSync(log, line.replaceAll(token, '•••') + '\n');
      const listening = /agent listening on (\d+)/.exec(line)?.[1];
      if (listening) done(Number(listening));
    });
    child.stdout?.on('data', reader.push);
    child.stderr?.on('data', reader.push);
    const stopped = (why: string): void => failed(new Error(`The VS Code server ${why}:\n${said}`));
    child.once('error', (error) => stopped(`cannot be started (${error.message})`));
    child.once('exit', (code) => stopped(`ended with code ${code}`));
    setTimeout(() => stopped('did not listen within 30 s'), 30_000).unref();
  }).catch(async (error: unknown) => {
    await end(child);
    throw error;
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    token,
    dataDir,
    settingsFile,
    extensionsDir,
    log,
    ended,
    url: (open) => workbenchUrl(origin, open, token),
    async stop(how) {
      await end(child);
      if (!how?.keepData) removeFolder(dataDir);
    },
  };
}

/** The address of a workbench on a server at `origin`, with the token where one is given. */
export function workbenchUrl(origin: string, open: WorkbenchAddress, token?: string): string {
  const remote = (path: string): string => `vscode-remote://${new URL(origin).host}${pathToFileURL(path).pathname}`;
  const payload: string[][] = [];
  if (open.extensionPath) payload.push(['extensionDevelopmentPath', remote(open.extensionPath)]);
  if (open.testsPath) payload.push(['extensionTestsPath', remote(open.testsPath)]);
  const query = [
    ...(token ? [`tkn=${token}`] : []),
    `folder=${encodeURIComponent(pathToFileURL(open.folder).pathname)}`,
    ...(payload.length > 0 ? [`payload=${encodeURIComponent(JSON.stringify(payload))}`] : []),
  ];
  return `${origin}/?${query.join('&')}`;
}
