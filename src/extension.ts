import * as vscode from 'vscode';
import { createCore, type Core } from './core/index';
import { Commands, commandTable } from './host/commands/table';
import { DemoCommands } from './host/commands/demo';
import { Context } from './host/context';
import { Documents } from './host/documents';
import { checkDurability, warnAboutDurability } from './host/durability';
import { registerCompletion } from './host/editor/completion';
import { Diagnostics } from './host/editor/diagnostics';
import { registerHover } from './host/editor/hover';
import { Lenses } from './host/editor/lenses';
import { registerOutline } from './host/editor/outline';
import { PanelActions } from './host/panel/actions';
import { Panels } from './host/panel/panels';
import { definitions } from './host/ports/definitions';
import { temporaryFiles } from './host/ports/files';
import { log } from './host/ports/log';
import { secretStore } from './host/ports/secretStore';
import { store } from './host/ports/store';
import type { Presenter } from './host/presenter';
import { Sending } from './host/sending';
import { ServicesView } from './host/services/servicesView';
import { SettingsProblems } from './host/settingsProblems';

/** What the tests inside the extension host may reach; nothing is exported otherwise. */
export interface TestAccess {
  readonly core: Core;
  readonly panels: Panels;
}

/** The composition root: builds the ports, the core over them and the host around it, in the order of their dependencies. */
export function activate(context: vscode.ExtensionContext): TestAccess | undefined {
  const own = <T extends vscode.Disposable>(made: T): T => {
    context.subscriptions.push(made);
    return made;
  };
  const channel = own(vscode.window.createOutputChannel('Latchkey', { log: true }));
  const secrets = secretStore(context.secrets);
  const globalStore = store(context.globalState);
  const core = own(
    createCore(
      {
        secrets,
        definitions: definitions(context.subscriptions),
        store: globalStore,
        files: own(temporaryFiles()),
        clock: { now: Date.now },
        log: log(channel),
      },
      { version: String((context.extension.packageJSON as { version?: unknown }).version) },
    ),
  );
  const keys = new Context();
  const documents = own(new Documents());
  const panels = own(new Panels(context.extensionUri));
  // What words a response is loaded with the first one.
  let loaded: Promise<Presenter> | undefined;
  const presenter = (): Promise<Presenter> =>
    (loaded ??= import('./host/presenter').then((module) => new module.Presenter(core)));
  const sending = own(new Sending(core, documents, panels, presenter, keys));
  const view = own(new ServicesView(core, keys));
  const demo = own(new DemoCommands(startDemo, globalStore, keys));
  const handlers = commandTable({ core, documents, sending, view, demo, log: channel });
  own(new Commands(handlers, channel));
  own(new PanelActions(core, panels, presenter, sending, documents, handlers));
  own(new Lenses(core, documents, sending));
  own(new Diagnostics(core, documents));
  own(registerCompletion(core, documents));
  own(registerHover(core, documents));
  own(registerOutline(documents));
  own(new SettingsProblems(core, vscode.Uri.joinPath(context.globalStorageUri, '..', '..', 'settings.json')));
  void checkDurability(secrets, globalStore).then(warnAboutDurability);
  return context.extensionMode === vscode.ExtensionMode.Test ? { core, panels } : undefined;
}

/** The demo is a room of its own: the host gets only this function, and loads the server when it is asked for. */
async function startDemo(seed: string) {
  const { startDemo: start, demoPort, sample } = await import('./demo/index');
  const demo = await start({ port: demoPort, seed });
  return { url: demo.url, token: demo.tokens.good, sample: sample(demo.url), dispose: () => demo.dispose() };
}
