import * as vscode from 'vscode';
import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { Service } from '../../core/services/service';

/** Opens the settings file a service is defined in, with its definition in view. */
export async function openDefinition(service: Pick<Service, 'id' | 'scope'>): Promise<void> {
  await vscode.commands.executeCommand(
    service.scope === 'user' ? 'workbench.action.openSettingsJson' : 'workbench.action.openWorkspaceSettingsFile',
  );
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const tree = parseTree(editor.document.getText());
  // In a .code-workspace file the settings lie one level deeper.
  const node =
    tree &&
    (findNodeAtLocation(tree, ['latchkey.services', service.id]) ??
      findNodeAtLocation(tree, ['settings', 'latchkey.services', service.id]));
  if (!node) return;
  const start = editor.document.positionAt(node.offset);
  editor.selection = new vscode.Selection(start, start);
  editor.revealRange(
    new vscode.Range(start, editor.document.positionAt(node.offset + node.length)),
    vscode.TextEditorRevealType.InCenterIfOutsideViewport,
  );
}
