import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Redacted } from '../../core/redaction/redacted';
import { DisposableOwner } from '../../core/util/disposable';
import { Emitter } from '../../core/util/event';
import type { FromWebview, ToWebview } from '../../protocol/messages';
import { panelHtml } from '../../protocol/page';
import type { PanelState } from '../../protocol/panelState';
import { readMessage } from './readMessage';
import { panelStrings } from './strings';

/** The panel's view type: part of the manifest and of what VS Code keeps over a reload. */
export const VIEW_TYPE = 'latchkey.response';

/** One webview that shows one response after the other. */
export class ResponsePanel extends DisposableOwner {
  readonly #panel: vscode.WebviewPanel;
  readonly #messages = this.register(new Emitter<FromWebview>());
  readonly #disposed = new Emitter<void>();
  #state: Redacted<PanelState> | undefined;
  /** True while the page's own memory is newer than ours: its tab and body are richer than what we could send. */
  #shownByPage = false;

  /** What the person did in the panel, checked. */
  readonly onMessage = this.#messages.event;
  readonly onDidDispose = this.#disposed.event;

  constructor(panel: vscode.WebviewPanel, extensionUri: vscode.Uri) {
    super();
    this.#panel = panel;
    this.register(panel);
    const icon = (theme: string): vscode.Uri =>
      vscode.Uri.joinPath(extensionUri, 'media', 'icons', `panel-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    this.register(
      panel.webview.onDidReceiveMessage((raw: unknown) => {
        const message = readMessage(raw);
        if (message?.type === 'ready') this.#ready();
        else if (message) this.#messages.fire(message);
      }),
    );
    panel.onDidDispose(() => {
      this.dispose();
      this.#disposed.fire();
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')] };
    panel.webview.html = panelHtml({
      nonce: randomBytes(16).toString('base64'),
      scriptUri: panel.webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview.js')).toString(),
      strings: panelStrings(),
      language: vscode.env.language,
    });
  }

  get column(): vscode.ViewColumn | undefined {
    return this.#panel.viewColumn;
  }

  get isVisible(): boolean {
    return this.#panel.visible;
  }

  get isActive(): boolean {
    return this.#panel.active;
  }

  /** True once the person has closed it. */
  get isClosed(): boolean {
    return this.isDisposed;
  }

  get state(): Redacted<PanelState> | undefined {
    return this.#state;
  }

  /** Shows a state; brings the panel forward in its own column without taking the focus. */
  show(state: Redacted<PanelState>): void {
    if (this.isDisposed) return;
    this.#state = state;
    this.#shownByPage = false;
    this.#panel.title = state.title;
    if (!this.#panel.visible) this.#panel.reveal(this.#panel.viewColumn, true);
    this.#post();
  }

  #ready(): void {
    if (!this.#shownByPage) this.#post();
  }

  /** Takes note of what the page shows by itself, as after a reload; a page that asks is not sent it again. */
  adopt(state: Redacted<PanelState>): void {
    this.#state = state;
    this.#shownByPage = true;
    this.#panel.title = state.title;
  }

  #post(): void {
    if (!this.#state) return;
    const message: ToWebview = { type: 'state', state: this.#state, now: Date.now() };
    void this.#panel.webview.postMessage(message);
  }
}
