import type * as vscode from 'vscode';
import type { Store } from '../../core/ports';

/** A Memento as the core's {@link Store}. */
export function store(memento: vscode.Memento): Store {
  return {
    get: (key) => memento.get(key),
    set: async (key, value) => memento.update(key, value),
  };
}
