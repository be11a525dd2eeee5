import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { SecretStore, Store } from '../core/ports';

const KEY = 'latchkey.durability';

/** Whether secrets outlive the window: known only after a window has come and gone. */
export type Durability = 'unknown' | 'kept' | 'lost';

/**
 * Finds out whether SecretStorage still has what an earlier window left there. VS Code falls back to memory without a
 * keyring, and in a browser without a key of the server's; nothing in its API says so. A mark that is not secret is left
 * in both stores: where only the plain one still has it, secrets do not outlive the window.
 */
export async function checkDurability(secrets: SecretStore, store: Store): Promise<Durability> {
  try {
    const before = store.get(KEY);
    const kept = await secrets.get(KEY);
    const mark = randomUUID();
    if (kept === undefined) await secrets.set(KEY, mark);
    if (typeof before !== 'string') {
      await store.set(KEY, kept ?? mark);
      return 'unknown';
    }
    return kept === undefined ? 'lost' : 'kept';
  } catch {
    return 'unknown';
  }
}

/** Tells the person, once in a window, that secrets do not outlive it, and what to do about it. */
export function warnAboutDurability(durability: Durability): void {
  if (durability !== 'lost') return;
  void vscode.window.showWarningMessage(
    vscode.l10n.t(
      'This VS Code forgets secrets when its window closes: it has no keyring to keep them in. Latchkey will ask for your secrets again in each window.',
    ),
  );
}
