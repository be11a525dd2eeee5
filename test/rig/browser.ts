// Finds the Chromium that shows the served VS Code, or has Debian install it.
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './processes';

/** What Chromium is started with: quiet, no calls home, and no way to reach anything but this machine. */
export const browserFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--password-store=basic',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

const packages = ['chromium', 'fonts-liberation', 'fonts-dejavu-core'];
const programs = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge'];
const elsewhere = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * Gives the path of a Chromium.
 * Takes `LATCHKEY_CHROMIUM` from the environment, else looks where systems keep one. Where there is none, Debian's is
 * installed when we are root on a Debian; in any other case the error names the command that does it.
 */
export async function findBrowser(say: (line: string) => void = console.log): Promise<string> {
  const named = process.env['LATCHKEY_CHROMIUM'];
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`LATCHKEY_CHROMIUM names ${named}, and there is no such file`);
  }
  const found = search();
  if (found) return found;
  const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  if (!isDebian()) {
    throw new Error(
      'No Chromium or Chrome found. Install one and try again, or name its program in LATCHKEY_CHROMIUM.',
    );
  }
  if (process.getuid?.() !== 0) throw new Error(`No Chromium found. Install it with: sudo ${command}`);
  say(`Browser: no Chromium here, installing Debian's (${command}) ...`);
  const begun = Date.now();
  const problem = await aptInstall();
  const installed = search();
  if (problem || !installed) {
    throw new Error(`Chromium could not be installed. Run it yourself: ${command}\n${problem ?? ''}`.trim());
  }
  say(`Browser: installed ${installed} in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  return installed;
}

function search(): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  const onPath = programs.flatMap((program) => folders.map((folder) => join(folder, program)));
  return [...onPath, ...elsewhere].find((file) => existsSync(file));
}

function isDebian(): boolean {
  try {
    return /^ID(_LIKE)?=.*debian/m.test(readFileSync('/etc/os-release', 'utf8')) && existsSync('/usr/bin/apt-get');
  } catch {
    return false;
  }
}

/** Installs straight away, and with fresh package lists only if that fails. Gives what went wrong, if anything. */
async function aptInstall(): Promise<string | undefined> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) =>
    run('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=120', ...args], { env, timeout: 600_000 });
  const install = () => apt('install', '-y', '--no-install-recommends', ...packages);
  const first = await install();
  if (first.code === 0) return undefined;
  const update = await apt('update');
  const second = await install();
  if (second.code === 0) return undefined;
  return [update.code === 0 ? '' : update.output, second.output].join('\n').trim().split('\n').slice(-12).join('\n');
}
