// Mocha's own spec report, and below it one line that the orchestrator reads.
import Mocha from 'mocha';

/** What a suite came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** What the machine-readable line begins with; JSON of a `Tally` follows. */
export const tallyMark = 'latchkey-tally ';

/** Printed when a run begins; what an extension host says before it is VS Code's own talk. */
export const beginMark = 'latchkey-begin';

/** Gives the tally in a line of output, or nothing when it is another line. */
export function readTally(line: string): Tally | undefined {
  const at = line.indexOf(tallyMark);
  if (at < 0) return undefined;
  return JSON.parse(line.slice(at + tallyMark.length)) as Tally;
}

/** The reporter; mocha makes one per run. Failed hooks count as failures. */
export default class Report extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('start', () => Mocha.reporters.Base.consoleLog(beginMark));
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const tally: Tally = { passed: passes, failed: failures, skipped: pending };
      Mocha.reporters.Base.consoleLog(tallyMark + JSON.stringify(tally));
    });
  }
}
