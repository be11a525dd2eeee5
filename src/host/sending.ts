import * as vscode from 'vscode';
import type { Core } from '../core/index';
import type { RequestNode } from '../core/language/ast';
import type { ParsedDocument } from '../core/language/problems';
import type { RunOutcome } from '../core/run/outcome';
import type { Service } from '../core/services/service';
import type { Progress } from '../core/transport/options';
import { DisposableOwner } from '../core/util/disposable';
import { Emitter } from '../core/util/event';
import type { RequestPlace } from './commands/ids';
import type { Context } from './context';
import type { Documents } from './documents';
import type { ResponsePanel } from './panel/panel';
import type { Panels } from './panel/panels';
import type { Presenter } from './presenter';
import { paced, slowNotification } from './progress';
import { readSettings } from './settings';

/** What is sent: a request of a document, or a service's test request. */
export type SendTarget =
  | {
      readonly kind: 'request';
      readonly place: RequestPlace;
      readonly parsed: ParsedDocument;
      readonly request: RequestNode;
    }
  | { readonly kind: 'test'; readonly service: Service };

export type Credentials = 'attach' | 'leave-out';

interface UnderWay {
  readonly id: string;
  readonly target: SendTarget;
  readonly title: string;
  readonly abort: AbortController;
}

/**
 * Sends, each with an id of its own: keeps what is under way, shows progress (panel at once; notification after a second; status
 * bar), and lets each be cancelled from all three and from the CodeLens.
 */
export class Sending extends DisposableOwner {
  readonly #core: Core;
  readonly #documents: Documents;
  readonly #panels: Panels;
  readonly #presenter: () => Promise<Presenter>;
  readonly #context: Context;
  readonly #status: vscode.StatusBarItem;
  readonly #underWay = new Map<string, UnderWay>();
  readonly #changed = this.register(new Emitter<void>());
  /** Which send a panel belongs to: the one that was started last in it. */
  readonly #owners = new WeakMap<ResponsePanel, string>();
  #last: SendTarget | undefined;
  #count = 0;

  /** Something started or ended: lenses look again. */
  readonly onDidChange = this.#changed.event;

  constructor(core: Core, documents: Documents, panels: Panels, presenter: () => Promise<Presenter>, context: Context) {
    super();
    this.#core = core;
    this.#documents = documents;
    this.#panels = panels;
    this.#presenter = presenter;
    this.#context = context;
    this.#status = this.register(
      vscode.window.createStatusBarItem('latchkey.sending', vscode.StatusBarAlignment.Left, 0),
    );
    this.#status.name = vscode.l10n.t('Latchkey: Request under way');
    this.register({ dispose: () => this.cancel() });
  }

  /** The id of the send that is under way for a request, if one is. */
  underWay(place: RequestPlace): string | undefined {
    for (const { id, target } of this.#underWay.values()) {
      if (target.kind === 'request' && samePlace(target.place, place)) return id;
    }
    return undefined;
  }

  /** Cancels one send, or all. */
  cancel(id?: string): void {
    for (const send of this.#underWay.values()) if (id === undefined || send.id === id) send.abort.abort();
  }

  /** Cancels the send whose progress a panel shows. */
  cancelIn(panel: ResponsePanel): void {
    const owner = this.#owners.get(panel);
    if (owner !== undefined) this.cancel(owner);
  }

  /** Sends the request at a place of a document. Gives undefined where the document or the request is gone. */
  async sendPlace(place: RequestPlace, credentials: Credentials = 'attach'): Promise<RunOutcome | undefined> {
    const target = await this.#find(place);
    if (target) return this.send(target, credentials);
    void vscode.window.showWarningMessage(
      vscode.l10n.t('This request is no longer in its file. Open the file and send it from there.'),
    );
    return undefined;
  }

  /** Sends the last thing once more, as it now stands in its file. */
  async sendAgain(): Promise<RunOutcome | undefined> {
    return this.#last && this.resend(this.#last, 'attach');
  }

  /** Sends a target once more: the request as its file has it now, or as it was when the file has been closed and is gone. */
  async resend(target: SendTarget, credentials: Credentials, panel?: ResponsePanel): Promise<RunOutcome> {
    if (target.kind === 'test') {
      const service = this.#core.services.get(target.service.id) ?? target.service;
      return this.send({ kind: 'test', service }, credentials, panel);
    }
    return this.send((await this.#find(target.place)) ?? target, credentials, panel);
  }

  async send(target: SendTarget, credentials: Credentials, into?: ResponsePanel): Promise<RunOutcome> {
    const panel = into && !into.isClosed ? into : this.#panels.forNextResponse();
    const presenter = await this.#presenter();
    const id = String(++this.#count);
    const abort = new AbortController();
    const send: UnderWay = { id, target, title: presenter.title(target), abort };
    const earlier = panel.state;
    this.#underWay.set(id, send);
    this.#owners.set(panel, id);
    this.#last = target;
    this.#context.set('latchkey.canSendAgain', true);
    this.#refresh();
    const startedAt = this.#core.now();
    const show = (progress: Progress | undefined): void => {
      if (this.#owners.get(panel) === id) panel.show(presenter.sending(target, startedAt, progress));
    };
    show(undefined);
    const notification = slowNotification(send.title, () => abort.abort());
    const onProgress = paced((progress: Progress) => {
      show(progress);
      notification.report(presenter.progress(progress));
    }, this.#core.now);
    try {
      const outcome = await this.#run(target, credentials, abort.signal, onProgress);
      this.#show(presenter, panel, send, outcome, earlier);
      return outcome;
    } catch (error) {
      // A bug of ours: the panel must not go on spinning, and what it showed before comes back.
      if (this.#owners.get(panel) === id) panel.show(presenter.broken(target, earlier));
      throw error;
    } finally {
      notification.done();
      this.#underWay.delete(id);
      this.#refresh();
    }
  }

  #run(
    target: SendTarget,
    credentials: Credentials,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<RunOutcome> {
    const scope = target.kind === 'request' ? vscode.Uri.parse(target.place.document) : undefined;
    const options = { settings: readSettings(scope), credentials, onProgress };
    return target.kind === 'request'
      ? this.#core.run.request(
          { parsed: target.parsed, request: target.request, place: target.place, ...options },
          signal,
        )
      : this.#core.run.test({ service: target.service, ...options }, signal);
  }

  /** Puts an outcome into its panel, or tells of it where the panel was closed or taken by a later send meanwhile. */
  #show(
    presenter: Presenter,
    panel: ResponsePanel,
    send: UnderWay,
    outcome: RunOutcome,
    earlier: ResponsePanel['state'],
  ): void {
    const put = (into: ResponsePanel): void => {
      presenter.remember(into, send.target, outcome);
      into.show(presenter.outcome(send.target, outcome, earlier));
    };
    if (this.#owners.get(panel) === send.id && !panel.isClosed) return put(panel);
    if (wasCancelled(outcome)) return;
    const open = vscode.l10n.t('Show');
    // Not awaited: the message may stay as long as it likes.
    void vscode.window.showInformationMessage(presenter.oneLine(send.target, outcome), open).then((choice) => {
      if (choice !== open) return;
      const next = this.#panels.forNextResponse();
      this.#owners.set(next, send.id);
      put(next);
    });
  }

  #refresh(): void {
    const count = this.#underWay.size;
    this.#context.set('latchkey.sending', count > 0);
    const only = count === 1 ? [...this.#underWay.values()][0] : undefined;
    if (count === 0) this.#status.hide();
    else {
      const title = only ? only.title : vscode.l10n.t('{0} requests', count);
      this.#status.text = `$(sync~spin) ${title}`;
      this.#status.tooltip = vscode.l10n.t('Latchkey: press to cancel');
      this.#status.accessibilityInformation = {
        label: vscode.l10n.t('Sending {0}. Press to cancel.', title),
        role: 'button',
      };
      this.#status.command = {
        title: vscode.l10n.t('Cancel Request'),
        command: 'latchkey.cancelRequest',
        arguments: only ? [only.id] : [],
      };
      this.#status.show();
    }
    this.#changed.fire();
  }

  async #find(place: RequestPlace): Promise<SendTarget | undefined> {
    let document: vscode.TextDocument;
    try {
      document = await vscode.workspace.openTextDocument(vscode.Uri.parse(place.document));
    } catch {
      return undefined;
    }
    const parsed = this.#documents.parse(document);
    const requests = parsed.document.requests.filter((request) => request.line);
    const request =
      (place.name === undefined ? undefined : requests.find((candidate) => candidate.name?.text === place.name)) ??
      requests[place.index];
    return request && { kind: 'request', place, parsed, request };
  }
}

function samePlace(a: RequestPlace, b: RequestPlace): boolean {
  return (
    a.document === b.document &&
    (a.name !== undefined || b.name !== undefined ? a.name === b.name : a.index === b.index)
  );
}

function wasCancelled(outcome: RunOutcome): boolean {
  if (outcome.kind !== 'finished') return false;
  const end = outcome.finished.exchange.outcome;
  return end.kind === 'failure' && end.failure.code === 'cancelled';
}
