// Chooses the VS Code a run uses: the desktop one where it can be downloaded and shown, else the one served by npm packages.
import { downloadAndUnzipVSCode } from '@vscode/test-electron';
import { defaultVersion, installServer } from './codeServer';
import type { ServerInstall } from './codeServer';
import { cacheFolder } from './paths';
import { lineReader, onPath, start } from './processes';

/** A VS Code that is ready to be started. */
export type Provision =
  | { readonly kind: 'served'; readonly why: string; readonly server: ServerInstall }
  | {
      readonly kind: 'desktop';
      readonly why: string;
      /** VS Code's program file. */
      readonly executable: string;
      /** The display it must be shown on, where that is not the caller's own. */
      readonly display?: string;
    };

const downloadHost = 'https://update.code.visualstudio.com';

/**
 * Gives a VS Code to test with and says in one line which one and why.
 *
 * Takes `LATCHKEY_VSCODE` (`served` | `desktop`: no choice is made then) and `LATCHKEY_VSCODE_VERSION`
 * (a code-server version such as 4.104.0) from the environment, and a function that gets the lines to print.
 */
export async function provision(say: (line: string) => void = console.log): Promise<Provision> {
  const wish = process.env['LATCHKEY_VSCODE'];
  const version = process.env['LATCHKEY_VSCODE_VERSION'] || undefined;
  if (wish && wish !== 'served' && wish !== 'desktop') {
    throw new Error(`LATCHKEY_VSCODE is "${wish}"; it may be "served" or "desktop"`);
  }
  let why = 'asked for by LATCHKEY_VSCODE';
  if (wish !== 'served') {
    const obstacle = wish ? undefined : ((await noDisplay()) ?? (await noDownload()));
    if (!obstacle) {
      try {
        const executable = await download(version);
        const provided = { kind: 'desktop' as const, why: wish ? why : 'it can be downloaded', executable };
        say(`VS Code: the desktop one, ${version ? desktopVersion(version) : 'stable'} (${provided.why})`);
        return { ...provided, display: await virtualDisplay() };
      } catch (error) {
        if (wish) throw error;
        why = `the download of the desktop one failed: ${(error as Error).message}`;
      }
    } else why = obstacle;
  }
  const wanted = version ?? defaultVersion;
  say(`VS Code: served on 127.0.0.1 from the npm package code-server ${wanted} (${why})`);
  return { kind: 'served', why, server: await installServer(wanted, say) };
}

/** Desktop releases are numbered 1.x where code-server's are 4.x. */
function desktopVersion(version: string): string {
  return version.replace(/^4\./, '1.');
}

function download(version: string | undefined): Promise<string> {
  return downloadAndUnzipVSCode({
    version: version ? desktopVersion(version) : 'stable',
    cachePath: cacheFolder(),
    timeout: 20_000,
  });
}

async function noDisplay(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return undefined;
  return onPath('Xvfb') ? undefined : 'there is no display for the desktop one';
}

async function noDownload(): Promise<string | undefined> {
  // Behind a proxy only the downloader itself knows the way; it is asked directly then.
  if (process.env['HTTPS_PROXY'] || process.env['https_proxy']) return undefined;
  try {
    const answer = await fetch(`${downloadHost}/api/releases/stable`, { signal: AbortSignal.timeout(5000) });
    await answer.body?.cancel();
    return answer.ok ? undefined : `the download answers ${answer.status}`;
  } catch {
    return 'the desktop one cannot be downloaded here';
  }
}

/** Starts Xvfb where Linux has no display of its own. Gives its name (`:99`), or nothing where none is needed. */
async function virtualDisplay(): Promise<string | undefined> {
  if (process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) return undefined;
  if (!onPath('Xvfb')) throw new Error('The desktop VS Code needs a display: set DISPLAY, or install Xvfb');
  const child = start('Xvfb', ['-displayfd', '1', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp']);
  return new Promise((done, failed) => {
    child.stdout?.on('data', lineReader((line) => done(`:${line.trim()}`)).push);
    child.once('exit', (code) => failed(new Error(`Xvfb ended with code ${code}`)));
    setTimeout(() => failed(new Error('Xvfb did not come up')), 10_000).unref();
  });
}
