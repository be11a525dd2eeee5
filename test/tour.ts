// `npm start -- --tour`: does the main job by itself as a person would, and leaves a picture of each step.
import { join } from 'node:path';
import { projectRoot, removeFolder, resultsFolder, temporaryFolder } from './rig/paths';
import { sampleFolder } from './rig/samples';
import { describeFinding, newSecret, registerSecret, takeFindings } from './rig/secrets';
import { until } from './rig/waiting';
import { Workbench } from './rig/workbench';
import type { Theme } from './rig/workbench';

/** Every word of the user interface that the tour looks for. */
const words = {
  openDemo: 'Latchkey: Open Demo',
  demoRuns: 'The demo API runs at',
  addDemoService: 'Add the Demo Service',
  copyToken: 'Copy the Demo Token',
  /** A line of the sample file, and the CodeLens above it by its number from the top. */
  sampleLine: 'Who am I?',
  sendRequest: 'Send Request',
  sendRequestNth: 1,
  addService: 'Add Service',
  scheme: /Bearer/,
  scope: /user/i,
  noTest: /^(No|Do not|Don.t|Not now|Later|Just save|Save)/i,
  serviceName: 'Demo',
  viewContainer: 'Latchkey',
  panel: /Latchkey|Response|me/,
  refused: /401/,
  setSecret: /Set Secret|Replace Secret/i,
  sendAgain: /Send Again/i,
  accepted: /200/,
};

interface Stage {
  readonly code: Workbench;
  /** The token the demo accepts, once it is known. */
  token: string;
}

interface Step {
  readonly name: string;
  run(stage: Stage): Promise<void>;
}

const steps: readonly Step[] = [
  {
    name: 'Open Demo starts the API and opens the sample requests',
    async run(stage) {
      const { code } = stage;
      await code.runCommand(words.openDemo);
      await (await code.notification(words.demoRuns)).click(words.copyToken);
      stage.token = await until('the demo token in the clipboard', async () => (await code.clipboard()) || undefined);
      registerSecret(stage.token, 'the demo token');
      await until('the sample requests', async () => (await code.editorText()).includes(words.sampleLine), {
        instead: () => code.tabs(),
      });
    },
  },
  {
    name: 'Add Service asks step by step, here with a token that is not good any more',
    async run({ code }) {
      await code.runCommand(words.openDemo);
      await (await code.notification(words.demoRuns)).click(words.addDemoService);
      const quick = await code.quickInput().waitFor(words.addService);
      // Name, address and scheme are suggested; the person goes along.
      for (const step of [1, 2]) {
        await quick.waitForStep(`${step}/${(await quick.read()).step.split('/')[1]}`);
        await quick.accept();
      }
      await until('the list of schemes', async () => (await quick.items()).length > 1);
      await code.screenshot('scheme-list', 'tour/extra');
      await quick.pick(words.scheme);
      await until('the masked input', async () => (await quick.read()).masked);
      await quick.paste(newSecret('token'));
      await quick.accept();
      await until('where to keep it', async () => (await quick.items()).some(({ label }) => words.scope.test(label)));
      await quick.pick(words.scope);
      await until('the offer to test', async () => (await quick.items()).some(({ label }) => words.noTest.test(label)));
      await quick.pick(words.noTest);
      await quick.waitClosed();
      await code.view(words.viewContainer);
      await code.treeItem(words.serviceName);
    },
  },
  {
    name: 'Send Request meets a 401, and the card says why',
    async run({ code }) {
      await code.codeLens(words.sendRequest, words.sendRequestNth).click();
      await seeInPanel(code, words.refused);
    },
  },
  {
    name: "The card's button asks for the right token",
    async run({ code, token }) {
      const panel = await code.webview(words.panel);
      await panel.getByRole('button', { name: words.setSecret }).first().click();
      const quick = await code.quickInput().waitFor();
      await until('the masked input', async () => (await quick.read()).masked);
      await quick.paste(token);
      await code.screenshot('set-secret', 'tour/extra');
      await quick.accept();
      await quick.waitClosed();
    },
  },
  {
    name: 'Send Again gets the 200',
    async run({ code }) {
      const panel = await code.webview(words.panel);
      // The request may have been sent again already, with the new token.
      if (!words.accepted.test(await panel.locator('body').innerText())) {
        await panel.getByRole('button', { name: words.sendAgain }).first().click();
      }
      await seeInPanel(code, words.accepted);
    },
  },
];

/** Runs the tour. Gives the exit code: 0 only when every step showed what it should. */
export async function runTour(): Promise<number> {
  removeFolder(join(resultsFolder(), 'tour'));
  process.env['LATCHKEY_SECRET_LEDGER'] ??= join(temporaryFolder('ledger'), 'secrets.jsonl');
  let failed = 0;
  let number = 0;
  const report = (name: string, problem?: unknown): void => {
    number += 1;
    if (problem !== undefined) failed += 1;
    console.log(problem === undefined ? `ok ${number} - ${name}` : `FAILED ${number} - ${name}\n  ${message(problem)}`);
  };
  const code = await Workbench.open({
    folder: sampleFolder(),
    extensionPath: projectRoot(),
    theme: 'light',
    size: { width: 1280, height: 800 },
  });
  const stage: Stage = { code, token: '' };
  try {
    for (const step of steps) {
      const problem = await step.run(stage).then(
        () => undefined,
        (error: unknown) => error ?? 'it failed',
      );
      report(step.name, problem);
      await code.screenshot(picture(number, step.name), 'tour');
      // What comes after stands on what came before.
      if (problem !== undefined) break;
    }
    if (failed === 0) {
      for (const theme of ['light', 'dark', 'hc'] as const) report(`In the theme ${theme}`, await inTheme(code, theme));
    }
  } finally {
    await code.close();
  }
  const leaks = takeFindings();
  report('No secret was shown or stored', leaks.length > 0 ? leaks.map(describeFinding).join('\n  ') : undefined);
  console.log(`The pictures are in ${join('test-results', 'tour')}`);
  return failed === 0 ? 0 : 1;
}

/** The last picture once more, in another theme. Gives what went wrong, if anything. */
async function inTheme(code: Workbench, theme: Theme): Promise<unknown> {
  try {
    await code.clearNotifications();
    await code.setTheme(theme);
    await seeInPanel(code, words.accepted);
    await code.screenshot(`final-${theme}`, 'tour');
    return undefined;
  } catch (error) {
    return error;
  }
}

async function seeInPanel(code: Workbench, wanted: RegExp): Promise<void> {
  const panel = await code.webview(words.panel);
  const read = async (): Promise<string> => panel.locator('body').innerText();
  await until(`${wanted} in the panel`, async () => wanted.test(await read()), { instead: read });
}

function picture(number: number, name: string): string {
  const words = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${String(number).padStart(2, '0')}-${words.slice(0, 40).replace(/-$/, '')}`;
}

function message(problem: unknown): string {
  return problem instanceof Error ? problem.message : String(problem);
}
