// The parts of `npm test`: what each runs, how long it may take, and how its outcome is read.
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBrowser } from './browser';
import { runHostTests } from './hostRun';
import { projectRoot, resultsFolder } from './paths';
import { run } from './processes';
import { provision } from './provision';
import { beginMark, readTally } from './reporter';
import type { Tally } from './reporter';

/** The names of the parts, in the order in which they run. */
export const partNames = ['types', 'lint', 'unit', 'host', 'ui'] as const;

/** One of them. */
export type PartName = (typeof partNames)[number];

/** How a part ended. */
export interface Outcome {
  readonly tally: Tally;
  /** Why it counts as failed although no test did: it crashed, it found no tests, its time was up. */
  readonly problem?: string;
}

/** What a part is told. */
export interface PartOptions {
  /** Only tests whose title contains this. */
  readonly grep?: string;
  /** Gets each line of its output. */
  readonly say: (line: string) => void;
}

const minutes = 60_000;

/** Runs a part. Takes its name and the options; gives the outcome and never throws. */
export async function runPart(name: PartName, options: PartOptions): Promise<Outcome> {
  try {
    return await parts[name](options);
  } catch (error) {
    options.say(`  ${(error as Error).message}`);
    return failure((error as Error).message.split('\n')[0] ?? 'it crashed');
  }
}

const parts: Readonly<Record<PartName, (options: PartOptions) => Promise<Outcome>>> = {
  types: (options) => check('check-types', options),
  lint: (options) => check('lint', options),
  // No test is judged by its time: a busy machine must not fail a property that holds.
  unit: (options) => mocha('unit', ['--timeout', '30000'], 5 * minutes, options),
  ui: async (options) => {
    if (!hasTests('ui')) return failure('there are no ui tests');
    await chooseEditor(options);
    // Here, where its progress is seen, and not inside the first test.
    await findBrowser(options.say);
    // A click can meet a CodeLens in the moment it is redrawn, as it can for a person, who then clicks again.
    return mocha('ui', ['--timeout', '60000', '--retries', '1', '--exit'], 14 * minutes, options);
  },
  host: async (options) => {
    if (!hasTests('host')) return failure('there are no host tests');
    const provided = await chooseEditor(options);
    const limit = 3 * minutes;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((done) => (timer = setTimeout(() => done('late'), limit)));
    const tally = await Promise.race([runHostTests(provided, { onLine: options.say, grep: options.grep }), late]);
    clearTimeout(timer);
    if (tally === 'late') return failure(`its ${limit / minutes} minutes were up`);
    return tally ? judge(tally) : failure('VS Code ended before the tests did');
  },
};

let chosen: ReturnType<typeof provision> | undefined;

/** Provisions once per run; what was chosen holds for the processes of all parts. */
async function chooseEditor(options: PartOptions): ReturnType<typeof provision> {
  chosen ??= provision(options.say);
  const provided = await chosen;
  process.env['LATCHKEY_VSCODE'] = provided.kind;
  if (provided.kind === 'desktop' && provided.display) process.env['DISPLAY'] = provided.display;
  return provided;
}

/** Types and lint are one check each: passed or failed. */
async function check(script: string, { say }: PartOptions): Promise<Outcome> {
  const npm = process.env['npm_execpath'];
  const [command, first] = npm && /\.c?js$/.test(npm) ? [process.execPath, [npm]] : ['npm', []];
  const { code, output, timedOut } = await run(command, [...first, 'run', '--silent', script], {
    cwd: projectRoot(),
    timeout: 5 * minutes,
  });
  if (code !== 0) output.trimEnd().split('\n').forEach(say);
  if (timedOut) return failure('its 5 minutes were up');
  return { tally: { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 } };
}

/** Runs mocha over `out/<suite>` in a process of its own. */
async function mocha(suite: string, args: readonly string[], timeout: number, options: PartOptions): Promise<Outcome> {
  const root = projectRoot();
  if (!hasTests(suite)) return failure(`there are no ${suite} tests`);
  const rig = join(root, 'out', 'rig');
  const all = ['--no-config', '--no-color', '--require', join(rig, 'hooks.js'), '--reporter', join(rig, 'reporter.js')];
  all.push(...args, ...(options.grep ? ['--grep', options.grep] : []), `out/${suite}/**/*.test.js`);
  let tally: Tally | undefined;
  const onLine = (line: string): void => {
    const found = readTally(line);
    if (found) tally = found;
    else if (line !== beginMark) options.say(line);
  };
  const program = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const { code, output, timedOut } = await run(process.execPath, [program, ...all], { cwd: root, timeout, onLine });
  writeFileSync(join(resultsFolder('logs'), `${suite}.log`), output);
  if (timedOut) return failure(`its ${timeout / minutes} minutes were up`, tally);
  if (!tally) return failure(`it ended with code ${code} before the tests did`);
  if (code !== 0 && tally.failed === 0) return failure(`it ended with code ${code} although no test failed`, tally);
  return judge(tally, options.grep);
}

function hasTests(suite: string): boolean {
  const folder = join(projectRoot(), 'out', suite);
  return existsSync(folder) && readdirSync(folder, { recursive: true, encoding: 'utf8' }).some(isTest);
}

function isTest(name: string): boolean {
  return name.endsWith('.test.js');
}

function judge(tally: Tally, grep?: string): Outcome {
  if (tally.passed + tally.failed > 0) return { tally };
  return failure(grep ? `no test's title contains "${grep}"` : 'it ran no tests', tally);
}

function failure(problem: string, tally: Tally = { passed: 0, failed: 0, skipped: 0 }): Outcome {
  return { problem, tally: { ...tally, failed: tally.failed + 1 } };
}
