// Behind `npm test`: runs every kind of check there is and ends with one line that says how it went.
//   node out/run.js                       everything
//   node out/run.js unit host             these parts only (types, lint, unit, host, ui)
//   node out/run.js ui --grep "a title"   only tests whose title contains that
// Environment: LATCHKEY_VSCODE (served | desktop), LATCHKEY_VSCODE_VERSION, LATCHKEY_CACHE, LATCHKEY_CHROMIUM.
import { join } from 'node:path';
import { projectRoot, removeFolder, temporaryFolder } from './rig/paths';
import { endAll, endOrphans } from './rig/processes';
import { countSecrets, describeFinding, searchForSecrets, takeFindings } from './rig/secrets';
import { partNames, runPart } from './rig/suites';
import type { Outcome, PartName } from './rig/suites';

/** Runs the parts that the command line names. Gives the exit code. */
async function main(args: readonly string[]): Promise<number> {
  const { wanted, grep } = readArguments(args);
  const results = join(projectRoot(), 'test-results');
  if (wanted.length === partNames.length) for (const old of ['logs', 'screenshots']) removeFolder(join(results, old));
  const ledgers = temporaryFolder('ledger');
  process.env['LATCHKEY_SECRET_LEDGER'] = join(ledgers, 'secrets.jsonl');
  process.env['LATCHKEY_PROCESSES'] = join(ledgers, 'processes');

  const sum = { passed: 0, failed: 0, skipped: 0 };
  const table: string[] = [];
  const count = (name: string, begun: number, { tally, problem }: Outcome): void => {
    for (const key of ['passed', 'failed', 'skipped'] as const) sum[key] += tally[key];
    const seconds = ((Date.now() - begun) / 1000).toFixed(1);
    const numbers = `${tally.passed} ok, ${tally.failed} not ok${tally.skipped ? `, ${tally.skipped} left out` : ''}`;
    table.push(`  ${name.padEnd(8)}${numbers.padEnd(28)}${seconds.padStart(6)} s${problem ? `   ${problem}` : ''}`);
  };

  // Types and lint keep one core busy each and print only when they fail; the suites follow one by one.
  const checks = wanted.filter((name) => name === 'types' || name === 'lint');
  await Promise.all(
    checks.map(async (name) => {
      const begun = Date.now();
      const lines: string[] = [];
      const outcome = await runPart(name, { say: (line) => lines.push(line) });
      console.log([`\n== ${name}: ${outcome.tally.failed ? 'failed' : 'ok'}`, ...lines].join('\n'));
      count(name, begun, outcome);
    }),
  );
  for (const name of wanted.filter((each) => each !== 'types' && each !== 'lint')) {
    console.log(`\n== ${name}`);
    const begun = Date.now();
    count(name, begun, await runPart(name, { grep, say: (line) => console.log(line) }));
  }
  if (wanted.length > checks.length) count('secrets', Date.now(), searchResults(results));

  console.log(`\n${table.join('\n')}\n`);
  console.log(`${sum.passed} passed, ${sum.failed} failed${sum.skipped ? `, ${sum.skipped} skipped` : ''}`);
  return sum.failed > 0 ? 1 : 0;
}

/** The last word on secrets: what the runs left behind is searched for those of all processes. */
function searchResults(results: string): Outcome {
  const findings = [...takeFindings(), ...searchForSecrets([{ path: results }])];
  const failed = findings.length > 0 ? 1 : 0;
  if (failed) {
    console.log(`\n== secrets\n${findings.map((finding) => `  ${describeFinding(finding)}`).join('\n')}`);
  }
  const problem = failed ? 'a secret of a test was written down' : undefined;
  // A run whose tests made no secrets has nothing to search for, and nothing to be praised for.
  return { tally: { passed: countSecrets() > 0 ? 1 - failed : 0, failed, skipped: 0 }, problem };
}

function readArguments(args: readonly string[]): { wanted: PartName[]; grep: string | undefined } {
  const names: string[] = [];
  let grep: string | undefined;
  for (let at = 0; at < args.length; at++) {
    const arg = args[at] ?? '';
    if (arg === '--grep' || arg === '-g') grep = args[++at];
    else if (arg.startsWith('--grep=')) grep = arg.slice('--grep='.length);
    else names.push(arg);
  }
  const unknown = names.filter((name) => !partNames.includes(name as PartName));
  if (unknown.length > 0) throw new Error(`Unknown part ${unknown.join(', ')}; there are ${partNames.join(', ')}`);
  return { wanted: partNames.filter((name) => names.length === 0 || names.includes(name)), grep };
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
