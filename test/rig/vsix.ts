// Packs the extension as it would be published.
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, temporaryFolder } from './paths';
import { run } from './processes';

export { installVsix } from './served';

/**
 * Makes a VSIX of the project in a temporary folder and gives its path.
 * Packing builds `dist/` for production; the `dist/` that was there before comes back afterwards.
 */
export async function packVsix(): Promise<string> {
  const root = projectRoot();
  const folder = temporaryFolder('vsix');
  const file = join(folder, 'latchkey.vsix');
  const dist = join(root, 'dist');
  const kept = join(folder, 'dist');
  if (existsSync(dist)) cpSync(dist, kept, { recursive: true });
  try {
    const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
    const flags = ['--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
    const args = [vsce, 'package', ...flags, '--out', file];
    const { code, output } = await run(process.execPath, args, { cwd: root, timeout: 180_000 });
    if (code !== 0 || !existsSync(file)) throw new Error(`vsce could not pack the extension:\n${output}`);
    return file;
  } finally {
    if (existsSync(kept)) {
      rmSync(dist, { recursive: true, force: true });
      cpSync(kept, dist, { recursive: true });
    }
  }
}
