// Runs `out/host` inside an extension host, in whichever VS Code there is, and reads the outcome from its output.
import { cpSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';
import { chromium } from 'playwright-core';
import { browserFlags, findBrowser } from './browser';
import { projectRoot, removeFolder, resultsFolder, temporaryFolder } from './paths';
import { run } from './processes';
import type { Provision } from './provision';
import { beginMark, readTally } from './reporter';
import type { Tally } from './reporter';
import { inspectFolder, inspectText } from './secrets';
import { serve } from './served';
import { quietSettings } from './session';

/** How a host run goes. */
export interface HostRunOptions {
  /** Gets each line the tests print. */
  readonly onLine: (line: string) => void;
  /** Only tests whose title contains this. */
  readonly grep?: string;
  /** The folder of the extension under test; the project unless given. */
  readonly extensionPath?: string;
  /** The module that exports `run()`; `out/host/index.js` unless given. */
  readonly testsPath?: string;
  /** Extra environment of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs the host tests once.
 * Takes the VS Code and the options; gives the tally, or nothing when the run ended without one (it crashed).
 */
export async function runHostTests(provided: Provision, options: HostRunOptions): Promise<Tally | undefined> {
  let tally: Tally | undefined;
  let begun = false;
  const everything: string[] = [];
  const onLine = (line: string): void => {
    everything.push(line);
    if (line.includes(beginMark)) begun = true;
    else if (begun && !tally) {
      tally = readTally(line);
      if (!tally && !isNoise(line)) options.onLine(line);
    }
  };
  const folder = temporaryWorkspace();
  const extensionPath = options.extensionPath ?? projectRoot();
  const testsPath = options.testsPath ?? join(projectRoot(), 'out', 'host', 'index.js');
  const env = { LATCHKEY_GREP: options.grep ?? '', ...options.env };
  try {
    if (provided.kind === 'served') await runServed(provided, { folder, extensionPath, testsPath }, env, onLine);
    else await runDesktop(provided, { folder, extensionPath, testsPath }, env, onLine);
  } finally {
    inspectFolder(folder);
    removeFolder(folder);
  }
  inspectText('the console of the extension host', everything.join('\n'));
  writeFileSync(join(resultsFolder('logs'), 'host-console.log'), everything.join('\n'));
  // No tally: the tests did not get to their end, and what VS Code said last may tell why.
  if (!tally) everything.slice(-30).forEach(options.onLine);
  return tally;
}

interface Paths {
  readonly folder: string;
  readonly extensionPath: string;
  readonly testsPath: string;
}

async function runServed(
  provided: Extract<Provision, { kind: 'served' }>,
  paths: Paths,
  env: Record<string, string>,
  onLine: (line: string) => void,
): Promise<void> {
  const executablePath = await findBrowser();
  const server = await serve(provided.server, { automation: true, env, settings: quietSettings, logName: 'host' });
  const browser = await chromium.launch({ executablePath, args: [...browserFlags] });
  try {
    const page = await browser.newPage();
    const done = new Promise<void>((ended, broken) => {
      void page.exposeFunction('codeAutomationLog', (_type: string, args: unknown[]) => {
        readable(args).split('\n').forEach(onLine);
      });
      void page.exposeFunction('codeAutomationExit', () => ended());
      page.once('crash', () => broken(new Error('The browser page of the host run crashed')));
    });
    await page.goto(server.url(paths));
    await done;
    // The tests' last lines and their exit code come over different ways.
    await page.waitForTimeout(200);
  } finally {
    await browser.close().catch(() => undefined);
    await server.stop({ keepData: true });
    inspectFolder(server.dataDir);
    removeFolder(server.dataDir);
  }
}

async function runDesktop(
  provided: Extract<Provision, { kind: 'desktop' }>,
  paths: Paths,
  env: Record<string, string>,
  onLine: (line: string) => void,
): Promise<void> {
  const userData = temporaryFolder('host-user');
  const extensions = temporaryFolder('host-extensions');
  const args = [
    paths.folder,
    `--extensionDevelopmentPath=${paths.extensionPath}`,
    `--extensionTestsPath=${paths.testsPath}`,
    `--user-data-dir=${userData}`,
    `--extensions-dir=${extensions}`,
    '--disable-workspace-trust',
    '--skip-welcome',
    '--skip-release-notes',
    '--disable-updates',
    '--disable-telemetry',
    '--disable-gpu-sandbox',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const display = provided.display ? { DISPLAY: provided.display } : {};
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name));
  // The extension host's console ends in VS Code's own output here.
  await run(provided.executable, args, { env: { ...Object.fromEntries(inherited), ...display, ...env }, onLine });
  for (const folder of [userData, extensions]) {
    inspectFolder(folder);
    removeFolder(folder);
  }
}

/** A copy of the fixture workspace (an empty folder where there is none). Gives its path; the caller may remove it. */
export function temporaryWorkspace(): string {
  const folder = temporaryFolder('workspace');
  const fixture = join(projectRoot(), 'test', 'fixtures', 'workspace');
  if (existsSync(fixture)) cpSync(fixture, folder, { recursive: true });
  return folder;
}

/** Console arguments as text: styles and colours dropped. */
function readable(args: unknown[]): string {
  const [first, ...rest] = args;
  const styles = typeof first === 'string' ? (first.match(/%c/g)?.length ?? 0) : 0;
  // Each `%c` takes one argument, a style, and shows nothing of it.
  const text = typeof first === 'string' ? format(first.replaceAll('%c', ''), ...rest.slice(styles)) : format(...args);

  return text.replace(/\u001b\[[\d;]*m/g, '');
}

const noise =
  /spdlog|watchdog|AccountPolicyGate|Dialog requested during smoke test|native module|pty\.node|node-pty|bindings file|Require stack|^\s*[→-] .*node_modules|\.node'|open-vsx|^\s+at .*(bindings|server-main|workbench|extensionHostProcess|node:internal)/;

function isNoise(line: string): boolean {
  return noise.test(line);
}
