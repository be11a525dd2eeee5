import * as vscode from 'vscode';
import { DisposableOwner } from '../../core/util/disposable';
import { Emitter } from '../../core/util/event';
import type { FromWebview } from '../../protocol/messages';
import { ResponsePanel, VIEW_TYPE } from './panel';

/** Knows which panels exist: at most one in each editor column, and those that VS Code brings back after a reload. */
export class Panels extends DisposableOwner {
  readonly #extensionUri: vscode.Uri;
  readonly #panels = new Set<ResponsePanel>();
  readonly #messages = this.register(new Emitter<{ readonly panel: ResponsePanel; readonly message: FromWebview }>());
  readonly #restored = this.register(new Emitter<{ readonly panel: ResponsePanel; readonly saved: unknown }>());
  #last: ResponsePanel | undefined;

  readonly onMessage = this.#messages.event;
  /** A panel that came back after a reload, with what the webview had saved of itself. */
  readonly onDidRestore = this.#restored.event;

  constructor(extensionUri: vscode.Uri) {
    super();
    this.#extensionUri = extensionUri;
    this.register({ dispose: () => [...this.#panels].forEach((panel) => panel.dispose()) });
    this.register(
      vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, {
        deserializeWebviewPanel: async (webview, saved: unknown) => {
          const panel = this.#adopt(webview);
          this.#restored.fire({ panel, saved });
        },
      }),
    );
  }

  /** The panel that was used last and is still open. */
  get last(): ResponsePanel | undefined {
    return this.#last;
  }

  /** The panel for the next response: one that is open beside the active editor, else a new one there. */
  forNextResponse(): ResponsePanel {
    const from = vscode.window.activeTextEditor?.viewColumn;
    const open =
      [...this.#panels].find((panel) => panel.isVisible && panel.column !== from) ??
      (this.#last && this.#last.column !== from ? this.#last : undefined) ??
      [...this.#panels].find((panel) => panel.column !== from) ??
      // A panel that is itself in front has no editor to stand beside.
      (from === undefined ? this.#last : undefined);
    if (open) return (this.#last = open);
    const panel = this.#adopt(
      vscode.window.createWebviewPanel(
        VIEW_TYPE,
        vscode.l10n.t('Response'),
        { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
        { enableFindWidget: false },
      ),
    );
    return (this.#last = panel);
  }

  #adopt(webview: vscode.WebviewPanel): ResponsePanel {
    const panel = new ResponsePanel(webview, this.#extensionUri);
    this.#panels.add(panel);
    panel.onMessage((message) => {
      this.#last = panel;
      this.#messages.fire({ panel, message });
    });
    panel.onDidDispose(() => {
      this.#panels.delete(panel);
      if (this.#last === panel) this.#last = undefined;
    });
    return panel;
  }
}
