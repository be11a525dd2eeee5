import * as vscode from 'vscode';
import type { Service } from '../../core/services/service';
import { rangeOf } from '../settingsLocations';

/** Opens the settings file a service is defined in, with its definition in view. */
export async function openDefinition(service: Pick<Service, 'id' | 'scope'>): Promise<void> {
  await vscode.commands.executeCommand(
    service.scope === 'user' ? 'workbench.action.openSettingsJson' : 'workbench.action.openWorkspaceSettingsFile',
  );
  const editor = vscode.window.activeTextEditor;
  if (!editor) return;
  const range = rangeOf([service.id], editor.document.getText());
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
