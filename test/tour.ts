// `npm start -- --tour`: does the main job by itself as a person would, and leaves a picture of each step.
import { join } from 'node:path';
import { projectRoot, removeFolder, resultsFolder, temporaryFolder } from './rig/paths';
import { sampleFolder } from './rig/samples';
import { describeFinding, newSecret, registerSecret, takeFindings } from './rig/secrets';
import { until } from './rig/waiting';
import { Workbench } from './rig/workbench';

/** Every word of the user interface that the tour looks for. */
const words = {
  openDemo: 'Latchkey: Open Demo',
  demoRuns: 'The demo API runs at',
  copyToken: 'Copy the Demo Token',
  sampleLine: 'Who am I?',
  addService: 'Add Service',
  addServiceLens: /no service for 127\.0\.0\.1:\d+ · Add Service…/,
  serviceName: 'Demo',
  scheme: 'Bearer Token',
  scope: 'User settings',
  noTest: 'Add without testing',
  viewContainer: 'Latchkey',
  sendRequest: 'Send Request',
  /** The second request of the sample file. */
  whoAmI: 1,
  panel: 'Who am I?',
  refused: /401 Unauthorized/,
  why: /does not accept the token/,
  replaceToken: 'Replace Token of Demo…',
  accepted: /200 OK/,
  verified: /verified just now/,
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
      await code.view(words.viewContainer);
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
      await code.codeLens(words.addServiceLens, words.whoAmI).click(() => code.quickInput().isOpen());
      const quick = await code.quickInput().waitFor(words.addService);
      await quick.enter(words.serviceName);
      await quick.waitForStep('2/6');
      // The address comes from the request; the person goes along.
      await quick.accept();
      await quick.waitForStep('3/6');
      await code.screenshot('scheme-list', 'tour/extra');
      await quick.pick(words.scheme);
      await until('the masked input', async () => (await quick.read()).masked);
      await quick.paste(newSecret('token'));
      await quick.accept();
      await quick.pick(words.scope);
      await quick.pick(words.noTest);
      await quick.waitClosed();
      await code.treeItem(words.serviceName);
    },
  },
  {
    name: 'Send Request meets a 401, and the card says why',
    async run({ code }) {
      await code.codeLens(words.sendRequest, words.whoAmI).click(async () => (await code.tabs()).includes(words.panel));
      await seeInPanel(code, words.refused);
      await seeInPanel(code, words.why);
      await inEachTheme(code, 'card', words.why);
    },
  },
  {
    name: "The card's button asks for the right token",
    async run({ code, token }) {
      const panel = await code.webview(words.panel);
      await panel.getByRole('button', { name: words.replaceToken }).click();
      const quick = await code.quickInput().waitFor();
      await until('the masked input', async () => (await quick.read()).masked);
      // As many people paste it; Latchkey takes the word away and says so.
      await quick.paste(`Bearer ${token}`);
      await quick.accept();
      await quick.waitForMessage('"Bearer" in front was taken away');
      await code.screenshot('put-right', 'tour/extra');
      await quick.accept();
      await quick.waitClosed();
    },
  },
  {
    name: 'The request goes out again by itself and gets the 200',
    async run({ code }) {
      await seeInPanel(code, words.accepted);
      await code.codeLens(words.verified).text();
      await (await code.treeItem(words.serviceName)).waitForDescription(words.verified);
      await inEachTheme(code, 'final', words.accepted);
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
    size: { width: 1360, height: 820 },
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
  } finally {
    await code.close();
  }
  const leaks = takeFindings();
  report('No secret was shown or stored', leaks.length > 0 ? leaks.map(describeFinding).join('\n  ') : undefined);
  console.log(`The pictures are in ${join('test-results', 'tour')}`);
  return failed === 0 ? 0 : 1;
}

/** Pictures of what is to be seen in each kind of theme; ends in the light one, where it began. */
async function inEachTheme(code: Workbench, name: string, wanted: RegExp): Promise<void> {
  await code.clearNotifications();
  for (const theme of ['dark', 'hc', 'light'] as const) {
    await code.setTheme(theme);
    await seeInPanel(code, wanted);
    await code.screenshot(`${name}-${theme}`, 'tour');
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
