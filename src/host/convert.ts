import * as vscode from 'vscode';
import type { Span } from '../core/language/span';

/** A span of the core as VS Code's range in this document. Spans count UTF-16 code units, as VS Code's offsets do. */
export function toRange(document: vscode.TextDocument, span: Span): vscode.Range {
  return new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
}
