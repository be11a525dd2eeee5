// What VS Code runs inside its extension host: mocha over every `*.test.js` beside this file.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Mocha from 'mocha';
import { mochaHooks } from '../rig/hooks';
import Report from '../rig/reporter';

/**
 * Runs the host tests. Takes `LATCHKEY_GREP` from the environment (only tests whose title contains it).
 * Resolves when all passed, rejects with the number of failures; the outcome is printed either way.
 */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: 20_000,
    color: false,
    reporter: Report as unknown as Mocha.ReporterConstructor,
    rootHooks: mochaHooks,
    grep: process.env['LATCHKEY_GREP'] || undefined,
  });
  for (const name of readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(join(__dirname, name));
  }
  const failures = await new Promise<number>((done) => mocha.run(done));
  if (failures > 0) throw new Error(`${failures} failed`);
}
