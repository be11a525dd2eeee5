// Behind `npm start`: opens VS Code with Latchkey and sample requests, and ends what it started with Ctrl+C.
//   node out/start.js            the desktop `code` where it is on the PATH, else a real VS Code served on 127.0.0.1
//   node out/start.js --tour     does the main job by itself, see tour.ts
// Environment: LATCHKEY_VSCODE (served | desktop), LATCHKEY_VSCODE_VERSION, LATCHKEY_CACHE.
import { installServer, defaultVersion } from './rig/codeServer';
import { openFront } from './rig/front';
import { projectRoot } from './rig/paths';
import { endAll, onPath, start } from './rig/processes';
import { sampleFolder } from './rig/samples';
import { serve } from './rig/served';
import { runTour } from './tour';

/** Does what the command line asks. Gives the exit code; the served VS Code goes on until it is interrupted. */
async function main(args: readonly string[]): Promise<number> {
  if (args.includes('--tour')) return runTour();
  const folder = sampleFolder();
  if (process.env['LATCHKEY_VSCODE'] !== 'served' && hasDesktop()) {
    const code = await openDesktop(folder);
    if (code === 0) return 0;
    console.log(`The desktop VS Code ended with code ${code}; serving one instead.`);
  }
  return openServed(folder);
}

/** True when the program `code` is there and has a screen to appear on. */
function hasDesktop(): boolean {
  const { DISPLAY, WAYLAND_DISPLAY, WSL_DISTRO_NAME } = process.env;
  const screen = process.platform !== 'linux' || DISPLAY || WAYLAND_DISPLAY || WSL_DISTRO_NAME;
  return Boolean(screen) && onPath('code');
}

function openDesktop(folder: string): Promise<number> {
  console.log(`Opening ${folder} in VS Code. Close its window or press Ctrl+C to stop.`);
  const args = [`--extensionDevelopmentPath=${projectRoot()}`, '--new-window', '--wait', folder];
  const child = start(process.platform === 'win32' ? 'code.cmd' : 'code', args, {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  return new Promise((done) => {
    child.once('exit', (code) => done(code ?? 1));
    child.once('error', () => done(1));
  });
}

async function openServed(folder: string): Promise<number> {
  const version = process.env['LATCHKEY_VSCODE_VERSION'] || defaultVersion;
  console.log(`VS Code: served on 127.0.0.1 from the npm package code-server ${version} (no desktop VS Code here)`);
  const server = await serve(await installServer(version), {
    extensionPath: projectRoot(),
    stay: true,
    logName: 'start',
    settings: {
      'workbench.startupEditor': 'none',
      'workbench.secondarySideBar.defaultVisibility': 'hidden',
      'chat.disableAIFeatures': true,
      'telemetry.telemetryLevel': 'off',
    },
  });
  const front = await openFront(server, folder);
  console.log(`\nLatchkey is ready. Open this address in a browser:\n\n  ${front.address}\n\nPress Ctrl+C to stop.`);
  return server.ended;
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error((error as Error).message);
    return 1;
  })
  .then(async (code) => {
    await endAll();
    process.exit(code);
  });
