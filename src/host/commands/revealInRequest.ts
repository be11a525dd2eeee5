import * as vscode from 'vscode';
import type { RequestNode } from '../../core/language/ast';
import type { Span } from '../../core/language/span';
import { toRange } from '../convert';
import type { EditPlace } from './applyFix';

/** Where in a request a fix leads: the header, the directive, or the request line. */
export function placeInRequest(request: RequestNode, text: string, at: EditPlace): Span {
  const line = request.line?.span ?? request.span;
  switch (at) {
    case 'url':
      return request.line?.target.span ?? line;
    case 'noAuthDirective':
      return request.directives.find((directive) => /^no-?auth$/i.test(directive.name))?.span ?? line;
    case 'authorization':
    case 'header': {
      const named = (name: RegExp): Span | undefined =>
        request.headers.find((header) => name.test(text.slice(header.name.span.start, header.name.span.end)))?.span;
      return named(/^authorization$/i) ?? (at === 'header' ? request.headers[0]?.span : undefined) ?? line;
    }
  }
}

/** Opens the document and puts the cursor on a place in it. */
export async function reveal(document: vscode.TextDocument, span: Span): Promise<void> {
  const range = toRange(document, span);
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const editor = await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn,
    preserveFocus: false,
  });
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
