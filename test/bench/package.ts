import { readFileSync } from 'node:fs';
import { packVsix } from '../rig/vsix';
import type { Figure } from './figure';
import { readZip } from './zip';

/** Bytes the package may have. */
const ceiling = 600 * 1024;

/** Packs the extension as it would be published. Prints what is in it; gives its size. */
export async function benchPackage(say: (line: string) => void): Promise<Figure[]> {
  const bytes = readFileSync(await packVsix());
  const entries = readZip(bytes).sort((a, b) => b.packed - a.packed);
  say(`  The VSIX has ${entries.length} files (bytes packed, bytes unpacked):`);
  for (const { name, packed, size } of entries) {
    say(`  ${String(packed).padStart(9)} ${String(size).padStart(9)}  ${name}`);
  }
  const note = `ceiling ${ceiling.toLocaleString('en').replaceAll(',', ' ')}`;
  return [{ name: 'VSIX', value: bytes.length, unit: 'bytes', ratio: part(bytes.length), note }];
}

function part(size: number): string {
  return `${((100 * size) / ceiling).toFixed(0)} % of the ceiling`;
}
