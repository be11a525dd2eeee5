import * as vscode from 'vscode';
import { foldingRegions } from '../../core/language/features/folding';
import { outline, type OutlineSymbol } from '../../core/language/features/symbols';
import { toRange } from '../convert';
import { LANGUAGE, type Documents } from '../documents';

/** The outline (requests and variables), and what can be folded. */
export function registerOutline(documents: Documents): vscode.Disposable {
  const asSymbol = (document: vscode.TextDocument, symbol: OutlineSymbol): vscode.DocumentSymbol => {
    const made = new vscode.DocumentSymbol(
      symbol.name || symbol.detail || '…',
      symbol.detail,
      symbol.kind === 'request' ? vscode.SymbolKind.Method : vscode.SymbolKind.Variable,
      toRange(document, symbol.span),
      toRange(document, symbol.selection),
    );
    made.children = symbol.children.map((child) => asSymbol(document, child));
    return made;
  };
  return vscode.Disposable.from(
    vscode.languages.registerDocumentSymbolProvider(
      { language: LANGUAGE },
      {
        provideDocumentSymbols: (document) =>
          outline(documents.parse(document)).map((symbol) => asSymbol(document, symbol)),
      },
    ),
    vscode.languages.registerFoldingRangeProvider(
      { language: LANGUAGE },
      {
        provideFoldingRanges: (document) =>
          foldingRegions(documents.parse(document)).map(({ kind, span }) => {
            const range = toRange(document, span);
            const what = kind === 'comment' ? vscode.FoldingRangeKind.Comment : undefined;
            return new vscode.FoldingRange(range.start.line, range.end.line, what);
          }),
      },
    ),
  );
}
