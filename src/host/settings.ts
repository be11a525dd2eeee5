import * as vscode from 'vscode';

/** What the person set, read once for each send: the only reader of Latchkey's settings beside `ports/definitions.ts`. */
export interface Settings {
  /** Milliseconds; undefined where there is no limit. */
  readonly timeoutMs: number | undefined;
  readonly followRedirects: boolean;
  /** Bytes. */
  readonly memoryLimit: number;
}

/** The settings that hold for a document. A value of the wrong type counts as not set; VS Code marks it in the settings file. */
export function readSettings(scope: vscode.Uri | undefined): Settings {
  const configuration = vscode.workspace.getConfiguration('latchkey', scope ?? null);
  const seconds = numberOr(configuration.get('request.timeout'), 100);
  return Object.freeze({
    timeoutMs: seconds > 0 ? Math.round(seconds * 1000) : undefined,
    followRedirects: configuration.get('request.followRedirects') !== false,
    memoryLimit: Math.min(100, Math.max(1, numberOr(configuration.get('response.memoryLimit'), 10))) * 1024 * 1024,
  });
}

function numberOr(value: unknown, fallback: number): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : fallback;
}
