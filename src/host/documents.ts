import * as vscode from 'vscode';
import { parseDocument } from '../core/language/parser';
import type { ParsedDocument } from '../core/language/problems';
import { DisposableOwner } from '../core/util/disposable';

/** The language id of `.http` and `.rest` files; other extensions use the same one. */
export const LANGUAGE = 'http';

/** One parse for each version of a document, shared by everything that looks at it; forgotten when the document closes. */
export class Documents extends DisposableOwner {
  readonly #parsed = new Map<string, { readonly version: number; readonly parsed: ParsedDocument }>();

  constructor() {
    super();
    this.register(vscode.workspace.onDidCloseTextDocument((document) => this.#parsed.delete(document.uri.toString())));
  }

  parse(document: vscode.TextDocument): ParsedDocument {
    const key = document.uri.toString();
    const known = this.#parsed.get(key);
    if (known?.version === document.version) return known.parsed;
    const parsed = parseDocument(document.getText());
    this.#parsed.set(key, { version: document.version, parsed });
    return parsed;
  }
}
