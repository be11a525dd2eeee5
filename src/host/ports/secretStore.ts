import type * as vscode from 'vscode';
import type { SecretStore } from '../../core/ports';

/** VS Code's SecretStorage as the core's {@link SecretStore}. Nothing is cached: another window may change it any time. */
export function secretStore(storage: vscode.SecretStorage): SecretStore {
  return {
    get: async (key) => storage.get(key),
    set: async (key, value) => storage.store(key, value),
    delete: async (key) => storage.delete(key),
    onDidChange: (listener) => storage.onDidChange((event) => listener(event.key)),
  };
}
