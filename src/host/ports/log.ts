import type * as vscode from 'vscode';
import type { Log } from '../../core/ports';

/** Latchkey's output channel as the core's {@link Log}. What is written here was redacted by the core. */
export function log(channel: vscode.LogOutputChannel): Log {
  return {
    info: (message) => channel.info(message),
    warn: (message) => channel.warn(message),
    error: (message) => channel.error(message),
  };
}
