// Where things are: the project, its caches and the folders a test run may write to.
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/**
 * The project's top folder.
 * Takes nothing: walks up from the running bundle (`out/...`) to the first folder that holds `esbuild.js` and `package.json`.
 */
export function projectRoot(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'esbuild.js')) && existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) throw new Error(`No Latchkey project above ${__dirname}`);
  }
}

/** Gives `test-results/` or a folder below it, created when missing. Everything a run leaves behind goes there. */
export function resultsFolder(...below: string[]): string {
  const folder = join(projectRoot(), 'test-results', ...below);
  mkdirSync(folder, { recursive: true });
  return folder;
}

/**
 * The folder that keeps provisioned editors between runs:
 * `LATCHKEY_CACHE`, else `latchkey` in the user's cache folder when `XDG_CACHE_HOME` names one, else `.vscode-test/`.
 */
export function cacheFolder(): string {
  const userCache = process.env['XDG_CACHE_HOME'];
  const chosen = process.env['LATCHKEY_CACHE'] || (userCache ? join(userCache, 'latchkey') : undefined);
  const folder = resolve(chosen ?? join(projectRoot(), '.vscode-test'));
  mkdirSync(folder, { recursive: true });
  return folder;
}

const temporary = new Set<string>();

/** Gives a new empty folder outside the project, removed again when this process ends. */
export function temporaryFolder(name: string): string {
  if (temporary.size === 0) process.on('exit', () => temporary.forEach(removeFolder));
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `latchkey-${name}-`)));
  temporary.add(folder);
  return folder;
}

/** Removes a folder and what is below it; one that is already gone, or still busy, is no error. */
export function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 });
  } catch {
    // A leftover in the system's temporary folder is not worth failing a run for.
  }
}
