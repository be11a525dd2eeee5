import * as vscode from 'vscode';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';

/**
 * Where a part of the setting `latchkey.services` stands in the text of a settings file or a `.code-workspace` file: the
 * nearest part of the path that is there, else the start of the text.
 */
export function rangeOf(path: readonly string[], text: string): vscode.Range {
  const tree = parseTree(text);
  for (let length = path.length; tree && length >= 0; length--) {
    const known = ['latchkey.services', ...path.slice(0, length)];
    const node = findNodeAtLocation(tree, known) ?? findNodeAtLocation(tree, ['settings', ...known]);
    if (node) return new vscode.Range(position(text, node.offset), position(text, node.offset + node.length));
  }
  return new vscode.Range(0, 0, 0, 0);
}

function position(text: string, offset: number): vscode.Position {
  const before = text.slice(0, offset);
  const line = before.split('\n').length - 1;
  return new vscode.Position(line, offset - (before.lastIndexOf('\n') + 1));
}
