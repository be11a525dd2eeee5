import * as vscode from 'vscode';
import type { Definitions, SettingsScope } from '../../core/ports';
import { Emitter } from '../../core/util/event';

const SECTION = 'latchkey.services';

const targets: Readonly<Record<SettingsScope, vscode.ConfigurationTarget>> = {
  user: vscode.ConfigurationTarget.Global,
  workspace: vscode.ConfigurationTarget.Workspace,
};

/**
 * The setting `latchkey.services` as the core's {@link Definitions}. VS Code itself leaves out the workspace's value in an
 * untrusted workspace (the setting is a restricted one); granting trust fires like any other change.
 */
export function definitions(owned: vscode.Disposable[]): Definitions {
  const changed = new Emitter<void>();
  owned.push(
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(SECTION)) changed.fire();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
  );
  const inspect = () => vscode.workspace.getConfiguration().inspect<unknown>(SECTION);
  return {
    read: () => {
      const found = inspect();
      return {
        user: found?.globalValue,
        workspace: vscode.workspace.isTrusted ? found?.workspaceValue : undefined,
      };
    },
    write: async (scope, id, definition) => {
      const found = inspect();
      const present = scope === 'user' ? found?.globalValue : found?.workspaceValue;
      const next: Record<string, unknown> = isObject(present) ? { ...present } : {};
      if (definition === undefined) delete next[id];
      else next[id] = definition;
      const value = Object.keys(next).length === 0 ? undefined : next;
      await vscode.workspace.getConfiguration().update(SECTION, value, targets[scope]);
    },
    onDidChange: changed.event,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
