// Behind `npm run bench`: measures the production build and prints one table of medians. No number passes or fails.
//   node out/bench.js                     everything
//   node out/bench.js core package        these parts only (core, package, editor, panel)
// Environment: as for out/run.js. The figures are kept in test-results/bench.json as well.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchCore } from './bench/core';
import { benchEditor } from './bench/editor';
import { table } from './bench/figure';
import type { Figure } from './bench/figure';
import { benchLanguage } from './bench/language';
import { benchPackage } from './bench/package';
import { benchPanel } from './bench/panel';
import { findBrowser } from './rig/browser';
import { resultsFolder, temporaryFolder } from './rig/paths';
import { endAll, endOrphans } from './rig/processes';
import { provision } from './rig/provision';
import type { Provision } from './rig/provision';
import { describeFinding, takeFindings } from './rig/secrets';

type Part = (say: (line: string) => void) => Promise<readonly Figure[]>;

const parts: Readonly<Record<string, Part>> = {
  package: benchPackage,
  core: async () => [...benchLanguage(), ...benchCore()],
  editor: async (say) => benchEditor(await chooseEditor(say), say),
  panel: async (say) => {
    await chooseEditor(say);
    await findBrowser(say);
    return benchPanel();
  },
};

let chosen: Promise<Provision> | undefined;

/** One VS Code for all parts. */
async function chooseEditor(say: (line: string) => void): Promise<Provision> {
  chosen ??= provision(say);
  const provided = await chosen;
  process.env['LATCHKEY_VSCODE'] = provided.kind;
  if (provided.kind === 'desktop' && provided.display) process.env['DISPLAY'] = provided.display;
  return provided;
}

/** Runs the parts that the command line names. Gives the exit code: 1 only where something could not be measured. */
async function main(names: readonly string[]): Promise<number> {
  const unknown = names.filter((name) => !(name in parts));
  if (unknown.length > 0) {
    throw new Error(`Unknown part ${unknown.join(', ')}; there are ${Object.keys(parts).join(', ')}`);
  }
  const ledgers = temporaryFolder('ledger');
  process.env['LATCHKEY_SECRET_LEDGER'] = join(ledgers, 'secrets.jsonl');
  process.env['LATCHKEY_PROCESSES'] = join(ledgers, 'processes');
  const figures: Figure[] = [];
  const problems: string[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (names.length > 0 && !names.includes(name)) continue;
    console.log(`== ${name}`);
    try {
      figures.push(...(await measure((line) => console.log(line))));
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
    }
  }
  problems.push(...takeFindings().map(describeFinding));
  writeFileSync(join(resultsFolder(), 'bench.json'), `${JSON.stringify(figures, undefined, 2)}\n`);
  console.log(`\n${table(figures)}\n`);
  for (const problem of problems) console.log(`Not measured: ${problem}`);
  return problems.length > 0 ? 1 : 0;
}

main(process.argv.slice(2))
  .catch((error: unknown) => {
    console.error((error as Error).message);
    return 1;
  })
  .then(async (code) => {
    await endAll();
    endOrphans(process.env['LATCHKEY_PROCESSES'] ?? '');
    process.exit(code);
  });
