import * as vscode from 'vscode';
import type { Core } from '../../core/index';
import { DisposableOwner } from '../../core/util/disposable';
import type { Documents } from '../documents';
import type { Sending } from '../sending';
import type { ServicesView } from '../services/servicesView';
import type { DemoCommands } from './demo';
import type { CommandHandlers, CommandId, RequestPlace } from './ids';
import { requestAtCursor } from './requestAtCursor';
import { sendAndAsk } from './send';

export interface CommandParts {
  readonly core: Core;
  readonly documents: Documents;
  readonly sending: Sending;
  readonly view: ServicesView;
  readonly demo: DemoCommands;
  readonly log: vscode.LogOutputChannel;
}

/** Loaded when the person is first asked something. */
const forms = () => import('../forms');

/** Every command of the manifest and what it does; a test compares the two. */
export function commandTable({ core, documents, sending, view, demo, log }: CommandParts): CommandHandlers {
  const test = async (id: string): Promise<void> => {
    const asked = core.services.get(id);
    if (!asked || !(await (await forms()).confirmTest(asked))) return;
    const send = async () => {
      const service = core.services.get(id);
      return service && sending.send({ kind: 'test', service }, 'attach');
    };
    await sendAndAsk(core, send);
    view.refresh();
  };
  return {
    'latchkey.sendRequest': async (given) => {
      const place = isPlace(given) ? given : requestAtCursor(documents);
      if (place) await sendAndAsk(core, () => sending.sendPlace(place));
      view.refresh();
    },
    'latchkey.cancelRequest': (id) => sending.cancel(id),
    'latchkey.sendAgain': async () => {
      await sendAndAsk(core, () => sending.sendAgain());
      view.refresh();
    },
    'latchkey.addService': async (suggestion) => {
      const added = await (await forms()).addService(core, demo.complete(suggestion));
      view.refresh();
      if (added?.test) await test(added.service.id);
      return added !== undefined;
    },
    'latchkey.testService': async (argument) => {
      const service = await (await forms()).pickService(core, argument, vscode.l10n.t('Test Service'));
      if (service) await test(service.id);
    },
    'latchkey.setSecret': async (argument, field) => (await forms()).setSecretCommand(core, view, argument, field),
    'latchkey.editService': async (argument, at) => (await forms()).editServiceCommand(core, view, argument, at),
    'latchkey.copyBaseUrl': async (argument) => (await forms()).copyBaseUrl(core, argument),
    'latchkey.forgetSecret': async (argument) => (await forms()).forgetSecret(core, view, argument),
    'latchkey.removeService': async (argument) => (await forms()).removeService(core, view, argument),
    'latchkey.serviceActions': async (argument) => (await forms()).serviceActions(core, argument),
    'latchkey.showHistory': async () => {
      const place = await (await forms()).showHistory(core);
      if (place) await sendAndAsk(core, () => sending.sendPlace(place));
    },
    'latchkey.openDemo': () => demo.open(),
    'latchkey.stopDemo': () => demo.stop(),
    'latchkey.showLog': () => log.show(),
  };
}

/** A lens hands over a place; a menu of the editor hands over what VS Code likes, e.g. the document's address. */
function isPlace(given: unknown): given is RequestPlace {
  const { document, index } = (given ?? {}) as Partial<RequestPlace>;
  return typeof document === 'string' && typeof index === 'number';
}

/** Registers the table. An error in a command is worded here, once: the person can read on in the log. */
export class Commands extends DisposableOwner {
  constructor(handlers: CommandHandlers, log: vscode.LogOutputChannel) {
    super();
    for (const id of Object.keys(handlers) as CommandId[]) {
      const handler = handlers[id] as (...args: unknown[]) => unknown;
      this.register(
        vscode.commands.registerCommand(id, async (...args: unknown[]) => {
          try {
            return await handler(...args);
          } catch (error) {
            // Errors of our own carry no secret, and those of VS Code speak of settings and files.
            const message = error instanceof Error ? error.message : String(error);
            log.error(`${id}: ${message}`);
            const show = vscode.l10n.t('Show Log');
            // Not awaited: a message may stay for long, and whoever called the command must not wait for it.
            void vscode.window
              .showErrorMessage(vscode.l10n.t('Latchkey: {0}', message), show)
              .then((choice) => choice === show && log.show());
            return undefined;
          }
        }),
      );
    }
  }
}
