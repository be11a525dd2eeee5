import * as vscode from 'vscode';

/** The context keys that `when` clauses of the manifest read. */
export interface ContextKeys {
  readonly 'latchkey.sending': boolean;
  readonly 'latchkey.canSendAgain': boolean;
  readonly 'latchkey.hasServices': boolean;
  readonly 'latchkey.demoRunning': boolean;
}

/** The one writer of Latchkey's context keys; VS Code hears of a key only when its value changes. */
export class Context {
  readonly #known = new Map<keyof ContextKeys, boolean>();

  set<K extends keyof ContextKeys>(key: K, value: ContextKeys[K]): void {
    if (this.#known.get(key) === value) return;
    this.#known.set(key, value);
    void vscode.commands.executeCommand('setContext', key, value);
  }
}
