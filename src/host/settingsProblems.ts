import { existsSync } from 'node:fs';
import * as vscode from 'vscode';
import type { Core } from '../core/index';
import type { SettingsScope } from '../core/ports';
import type { ServiceProblem } from '../core/services/problem';
import { serviceProblemMessage } from '../core/services/words';
import { DisposableOwner } from '../core/util/disposable';

const severities: Readonly<Record<ServiceProblem['severity'], vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  info: vscode.DiagnosticSeverity.Information,
};

/**
 * What does not fit in `latchkey.services`, in Problems, at its place in the settings file where that can be read. The
 * services that fit keep working.
 */
export class SettingsProblems extends DisposableOwner {
  readonly #core: Core;
  readonly #userSettings: vscode.Uri;
  readonly #collection = this.register(vscode.languages.createDiagnosticCollection('latchkey.services'));
  /** Counts the updates: a slow one must not overwrite a later one. */
  #turn = 0;

  /** `userSettings`: where the person's own settings file would be on this machine. */
  constructor(core: Core, userSettings: vscode.Uri) {
    super();
    this.#core = core;
    this.#userSettings = userSettings;
    this.register(core.services.onDidChange(() => void this.#update()));
    this.register(
      vscode.workspace.onDidSaveTextDocument((document) => {
        if (/settings\.json$|\.code-workspace$/.test(document.uri.path)) void this.#update();
      }),
    );
    void this.#update();
  }

  async #update(): Promise<void> {
    const turn = ++this.#turn;
    const found = new Map<string, { uri: vscode.Uri; diagnostics: vscode.Diagnostic[] }>();
    if (this.#core.services.problems.length === 0) return this.#collection.clear();
    const { rangeOf } = await import('./settingsLocations');
    for (const scope of ['user', 'workspace'] as const) {
      const problems = this.#core.services.problems.filter((problem) => problem.scope === scope);
      if (problems.length === 0) continue;
      const uri = this.#fileOf(scope);
      const text = await read(uri);
      found.set(uri.toString(), {
        uri,
        diagnostics: problems.map((problem) => diagnostic(problem, rangeOf(problem.path, text))),
      });
    }
    if (turn !== this.#turn || this.isDisposed) return;
    this.#collection.clear();
    for (const { uri, diagnostics } of found.values()) this.#collection.set(uri, diagnostics);
  }

  #fileOf(scope: SettingsScope): vscode.Uri {
    if (scope === 'user') {
      // On a remote the person's settings are on the other machine; VS Code opens them under this address.
      return existsSync(this.#userSettings.fsPath)
        ? this.#userSettings
        : vscode.Uri.from({ scheme: 'vscode-userdata', path: '/User/settings.json' });
    }
    const file = vscode.workspace.workspaceFile;
    if (file && file.scheme !== 'untitled') return file;
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
    return vscode.Uri.joinPath(folder, '.vscode', 'settings.json');
  }
}

async function read(uri: vscode.Uri): Promise<string> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return '';
  }
}

function diagnostic(problem: ServiceProblem, range: vscode.Range): vscode.Diagnostic {
  const made = new vscode.Diagnostic(range, serviceProblemMessage(problem), severities[problem.severity]);
  made.source = 'Latchkey';
  made.code = problem.detail.code;
  return made;
}
