import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Redacted } from '../../core/redaction/redacted';
import { DisposableOwner } from '../../core/util/disposable';
import { Emitter } from '../../core/util/event';
import type { FromWebview } from '../../protocol/messages';
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

  /** What the person did in the panel, checked. */
  readonly onMessage = this.#messages.event;
  readonly onDidDispose = this.#disposed.event;

  constructor(panel: vscode.WebviewPanel, extensionUri: vscode.Uri) {
    super();
    this.#panel = panel;
    this.register(panel);
    panel.iconPath = vscode.Uri.joinPath(extensionUri, 'media', 'icons', 'activity-bar.svg');
    this.register(
      panel.webview.onDidReceiveMessage((raw: unknown) => {
        const message = readMessage(raw);
        if (message?.type === 'ready') this.#post();
        else if (message) this.#messages.fire(message);
      }),
    );
    panel.onDidDispose(() => {
      this.dispose();
      this.#disposed.fire();
    });
    panel.webview.options = { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist')] };
    panel.webview.html = panelHtml({
      cspSource: panel.webview.cspSource,
      nonce: randomBytes(16).toString('base64'),
      scriptUri: panel.webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview.js')).toString(),
      strings: panelStrings(),
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

  get state(): Redacted<PanelState> | undefined {
    return this.#state;
  }

  /** Shows a state; brings the panel forward in its own column without taking the focus. */
  show(state: Redacted<PanelState>): void {
    if (this.isDisposed) return;
    this.#state = state;
    this.#panel.title = state.title;
    if (!this.#panel.visible) this.#panel.reveal(this.#panel.viewColumn, true);
    this.#post();
  }

  #post(): void {
    if (this.#state) void this.#panel.webview.postMessage({ type: 'state', state: this.#state });
  }
}
