// The extension in a real VS Code: several starts for what happens once per VS Code, one for the rest.
import { join } from 'node:path';
import { runHostTests } from '../rig/hostRun';
import { projectRoot } from '../rig/paths';
import type { Provision } from '../rig/provision';
import { median } from './figure';
import type { Figure } from './figure';
import { readFigure } from './lines';

/** How many times VS Code is started; one start gives one number for activation and one for the first send. */
const starts = 5;

/** Figures from inside the extension host. Takes the VS Code to run and what gets progress lines. */
export async function benchEditor(provided: Provision, say: (line: string) => void): Promise<Figure[]> {
  const byName = new Map<string, { readonly figure: Figure; readonly values: number[] }>();
  for (let start = 1; start <= starts; start++) {
    say(`  VS Code, start ${start} of ${starts} ...`);
    const tally = await runHostTests(provided, {
      testsPath: join(projectRoot(), 'out', 'bench', 'host.js'),
      env: start === 1 ? {} : { LATCHKEY_BENCH: 'activation' },
      onLine: (line) => {
        const figure = readFigure(line);
        if (!figure) return say(line);
        const known = byName.get(figure.name);
        if (known) known.values.push(figure.value);
        else byName.set(figure.name, { figure, values: [figure.value] });
      },
    });
    if (!tally || tally.failed > 0) throw new Error('The bench inside VS Code did not come to its end');
  }
  return [...byName.values()].map(({ figure, values }) => ({
    ...figure,
    value: median(values),
    note: figure.note ?? `of ${values.length} starts`,
  }));
}
