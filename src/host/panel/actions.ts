import * as vscode from 'vscode';
import { getHeader } from '../../core/http/headers';
import { DisposableOwner } from '../../core/util/disposable';
import { assertNever } from '../../core/util/assertNever';
import type { FromWebview } from '../../protocol/messages';
import { readSaved } from '../../protocol/saved';
import { applyFix, type EditPlace } from '../commands/applyFix';
import type { CommandHandlers } from '../commands/ids';
import { placeInRequest, reveal } from '../commands/revealInRequest';
import { sendAndAsk } from '../commands/send';
import type { Core } from '../../core/index';
import type { Documents } from '../documents';
import type { Presenter, Shown } from '../presenter';
import type { Credentials, Sending } from '../sending';
import type { ResponsePanel } from './panel';
import type { Panels } from './panels';

/** What the buttons of the panel do. */
export class PanelActions extends DisposableOwner {
  constructor(
    private readonly core: Core,
    panels: Panels,
    private readonly presenter: () => Promise<Presenter>,
    private readonly sending: Sending,
    private readonly documents: Documents,
    private readonly commands: CommandHandlers,
  ) {
    super();
    this.register(
      panels.onMessage(({ panel, message }) => {
        this.#run(panel, message).catch((error: unknown) => {
          const text = error instanceof Error ? error.message : String(error);
          void vscode.window.showErrorMessage(vscode.l10n.t('Latchkey: {0}', text));
        });
      }),
    );
    this.register(panels.onDidRestore(({ panel, saved }) => void this.#restore(panel, saved)));
  }

  async #run(panel: ResponsePanel, message: FromWebview): Promise<void> {
    switch (message.type) {
      case 'ready':
        return;
      case 'cancel':
        return this.sending.cancelIn(panel);
      case 'sendAgain':
        return this.#send(panel, 'attach');
      case 'fix':
        return this.#fix(panel, message.id);
      case 'openBody':
        return this.#openBody(panel);
      case 'saveBody':
        return this.#saveBody(panel);
      case 'copy':
        return this.#copy(panel, message.what);
      default:
        return assertNever(message);
    }
  }

  async #fix(panel: ResponsePanel, id: string): Promise<void> {
    const presenter = await this.presenter();
    const shown = this.#shown(presenter, panel);
    const fix = shown && presenter.fix(shown, id);
    if (!shown || !fix) return;
    await applyFix(
      fix,
      {
        sendAgain: () => this.#send(panel, 'attach'),
        sendWithoutCredentials: () => this.#send(panel, 'leave-out'),
        editRequest: (at) => this.#edit(shown, at),
        copyQuestion: () => this.#copyText(presenter.question(shown)),
      },
      this.commands,
    );
  }

  async #send(panel: ResponsePanel, credentials: Credentials): Promise<void> {
    const shown = this.#shown(await this.presenter(), panel);
    if (!shown) return;
    await sendAndAsk(this.core, () => this.sending.resend(shown.target, credentials, panel));
  }

  /** What a panel shows, for what its buttons need. A panel from before a reload has nothing behind it. */
  #shown(presenter: Presenter, panel: ResponsePanel): Shown | undefined {
    const shown = presenter.shownIn(panel);
    if (!shown) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This response is from before the window was reloaded. Send the request again from its file.'),
      );
    }
    return shown;
  }

  async #edit({ target }: Shown, at: EditPlace): Promise<void> {
    if (target.kind !== 'request') return;
    const document = await vscode.workspace.openTextDocument(vscode.Uri.parse(target.place.document));
    const parsed = this.documents.parse(document);
    const requests = parsed.document.requests.filter((request) => request.line);
    const request = requests.find((one) => one.name?.text === target.place.name) ?? requests[target.place.index];
    if (request) await reveal(document, placeInRequest(request, parsed.text, at));
  }

  async #openBody(panel: ResponsePanel): Promise<void> {
    const response = await this.#response(panel);
    if (!response) return;
    if (response.body.file !== undefined) {
      await vscode.commands.executeCommand(
        'vscode.open',
        vscode.Uri.file(response.body.file),
        vscode.ViewColumn.Beside,
      );
      return;
    }
    const { state } = panel;
    const laidOut = state?.phase === 'done' && !state.body.cut ? state.body.pretty : undefined;
    const { text, language } = (await this.presenter()).bodyText(response, laidOut);
    const document = await vscode.workspace.openTextDocument({ content: text, language });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Active, preview: false });
  }

  async #saveBody(panel: ResponsePanel): Promise<void> {
    const response = await this.#response(panel);
    if (!response) return;
    const type = getHeader(response.headers, 'Content-Type') ?? '';
    const extension = /[/+]json\b/i.test(type)
      ? 'json'
      : /html/i.test(type)
        ? 'html'
        : /[/+]xml\b/i.test(type)
          ? 'xml'
          : /^text\//i.test(type)
            ? 'txt'
            : 'bin';
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    const target = await vscode.window.showSaveDialog({
      defaultUri: folder && vscode.Uri.joinPath(folder, `response.${extension}`),
      title: vscode.l10n.t('Save Response Body'),
    });
    if (!target) return;
    if (response.body.file !== undefined) {
      await vscode.workspace.fs.copy(vscode.Uri.file(response.body.file), target, { overwrite: true });
    } else await vscode.workspace.fs.writeFile(target, response.body.bytes);
  }

  async #response(panel: ResponsePanel) {
    const outcome = this.#shown(await this.presenter(), panel)?.outcome;
    if (outcome?.kind !== 'finished' || outcome.finished.exchange.outcome.kind !== 'response') return undefined;
    return outcome.finished.exchange.outcome.response;
  }

  async #copy(panel: ResponsePanel, what: 'body' | 'headers' | 'request'): Promise<void> {
    const { state } = panel;
    const done = state?.phase === 'done' ? state : state?.phase === 'notSent' ? state.earlier : undefined;
    if (done) await this.#copyText((await this.presenter()).copyOf(done, what));
  }

  async #copyText(text: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
    vscode.window.setStatusBarMessage(vscode.l10n.t('Copied. Secrets in it are masked.'), 3000);
  }

  /**
   * After a reload the webview shows what it kept of itself. A request that was under way needs a word; a response is taken
   * note of, so that it stays on show when the next request is not sent.
   */
  async #restore(panel: ResponsePanel, saved: unknown): Promise<void> {
    const state = readSaved(saved)?.state;
    if (!state) return;
    const presenter = await this.presenter();
    if (state.phase === 'sending') panel.show(presenter.interrupted(state.title));
    else panel.adopt(presenter.kept(state));
  }
}
