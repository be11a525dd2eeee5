import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Store } from '../../core/ports';
import { DisposableOwner } from '../../core/util/disposable';
import type { Context } from '../context';
import { LANGUAGE } from '../documents';
import type { Suggestion } from './addService';

/** What the host needs of the demo; `extension.ts` hands in the function that starts it. */
export interface RunningDemo {
  readonly url: string;
  readonly token: string;
  readonly sample: string;
  dispose(): Promise<void>;
}

export type StartDemo = (seed: string) => Promise<RunningDemo>;

const SEED = 'latchkey/demo/seed';

/** The demo API: started by *Open Demo*, stopped by *Stop Demo* or with the window. */
export class DemoCommands extends DisposableOwner {
  readonly #start: StartDemo;
  readonly #store: Store;
  readonly #context: Context;
  #running: Promise<RunningDemo> | undefined;
  #demo: RunningDemo | undefined;

  constructor(start: StartDemo, store: Store, context: Context) {
    super();
    this.#start = start;
    this.#store = store;
    this.#context = context;
    this.register({ dispose: () => void this.stop() });
  }

  /** *Latchkey: Open Demo*: starts the API if it is not running, and opens the sample requests. */
  async open(): Promise<void> {
    const t = vscode.l10n.t;
    const demo = await this.#ensure();
    const document = await this.#sample(demo);
    await vscode.window.showTextDocument(document, { preview: false });
    const add = t('Add the Demo Service');
    const copy = t('Copy the Demo Token');
    // Not awaited: the message may stay as long as it likes.
    void vscode.window
      .showInformationMessage(
        t('The demo API runs at {0}, on this machine only. Press Send Request above any request.', demo.url),
        add,
        copy,
      )
      .then(async (choice) => {
        if (choice === add) await vscode.commands.executeCommand('latchkey.addService', this.suggestion(demo));
        if (choice === copy) await vscode.env.clipboard.writeText(demo.token);
      });
  }

  /** *Latchkey: Stop Demo*. */
  async stop(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#demo = undefined;
    this.#context.set('latchkey.demoRunning', false);
    await (await running?.catch(() => undefined))?.dispose();
  }

  /** A suggestion for *Add Service…*, completed where it is about the demo: its base URL needs no credential, `/me` does. */
  complete(suggestion: Suggestion | undefined): Suggestion | undefined {
    const demo = this.#demo;
    if (!demo || suggestion?.baseUrl !== demo.url) return suggestion;
    return { ...this.suggestion(demo), ...suggestion };
  }

  /** What *Add Service…* starts with for the demo. */
  suggestion(demo: RunningDemo): Suggestion {
    return { name: 'Demo', baseUrl: demo.url, testRequest: { method: 'GET', path: '/me' }, choice: 'bearer' };
  }

  /** The sample requests as a document with a name that is not saved anywhere: to try things in, and to keep by saving. */
  async #sample(demo: RunningDemo): Promise<vscode.TextDocument> {
    const shown = vscode.workspace.textDocuments.find(
      (document) => document.languageId === LANGUAGE && document.getText().includes(`= ${demo.url}`),
    );
    if (shown) return shown;
    const document = await vscode.workspace.openTextDocument(
      vscode.Uri.from({ scheme: 'untitled', path: 'demo.http' }),
    );
    const edit = new vscode.WorkspaceEdit();
    const all = new vscode.Range(0, 0, document.lineCount, 0);
    edit.replace(document.uri, all, demo.sample);
    await vscode.workspace.applyEdit(edit);
    return document;
  }

  async #ensure(): Promise<RunningDemo> {
    if (this.#running) return this.#running;
    // The same seed gives the same tokens: a demo secret entered yesterday is good today.
    const kept = this.#store.get(SEED);
    const seed = typeof kept === 'string' ? kept : randomUUID();
    if (kept !== seed) await this.#store.set(SEED, seed);
    this.#running = this.#start(seed);
    try {
      const demo = await this.#running;
      this.#demo = demo;
      this.#context.set('latchkey.demoRunning', true);
      return demo;
    } catch (error) {
      this.#running = undefined;
      throw error;
    }
  }
}
