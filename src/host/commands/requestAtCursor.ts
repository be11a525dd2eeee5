import * as vscode from 'vscode';
import { requestAt } from '../../core/language/walk';
import { LANGUAGE, type Documents } from '../documents';
import type { RequestPlace } from './ids';

/** The place of the n-th request of a document, as lenses and commands name it. */
export function placeOf(document: vscode.TextDocument, index: number, name: string | undefined): RequestPlace {
  return { document: document.uri.toString(), index, ...(name === undefined ? {} : { name }) };
}

/**
 * The request the cursor stands in, in the active editor. Says what is missing where there is none: no editor, another
 * kind of file, an empty one, or a cursor outside any request.
 */
export function requestAtCursor(documents: Documents): RequestPlace | undefined {
  const t = vscode.l10n.t;
  const editor = vscode.window.activeTextEditor;
  if (!editor || editor.document.languageId !== LANGUAGE) {
    void vscode.window.showInformationMessage(t('Open an .http or .rest file and place the cursor in a request.'));
    return undefined;
  }
  const { document } = editor;
  const parsed = documents.parse(document);
  const requests = parsed.document.requests.filter((request) => request.line);
  if (requests.length === 0) {
    void vscode.window.showInformationMessage(
      t('There is no request in this file. Write one, for example: GET https://api.example.com/things'),
    );
    return undefined;
  }
  const found = requestAt(parsed.document, document.offsetAt(editor.selection.active));
  const index = found ? requests.indexOf(found) : -1;
  if (index < 0) {
    void vscode.window.showInformationMessage(
      t('The cursor stands in no request. Place it in one, or press Send Request above one.'),
    );
    return undefined;
  }
  return placeOf(document, index, found?.name?.text);
}
