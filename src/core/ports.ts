import type { Redacted } from './redaction/redacted';
import type { Event } from './util/event';

/*
 * The few things the core cannot do by itself. Each class takes only the ports it uses; `Ports` as a whole appears in
 * `createCore` and nowhere else.
 */

/** A store for secrets, e.g. VS Code's SecretStorage. Every method may reject; nothing is cached above it. */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
  /** Fires with the key, also when another window made the change. */
  readonly onDidChange: Event<string>;
}

/** Where a service definition is kept: the person's own settings, or the workspace's, which a team shares. */
export type SettingsScope = 'user' | 'workspace';

/** The raw setting `latchkey.services`, unvalidated, per scope. */
export interface Definitions {
  /** What stands in each scope now; undefined where nothing does. Untrusted workspaces read as undefined. */
  read(): Readonly<Record<SettingsScope, unknown>>;
  /** Writes, or with undefined removes, one service of one scope; keeps the others and their order. */
  write(scope: SettingsScope, id: string, definition: object | undefined): Promise<void>;
  readonly onDidChange: Event<void>;
}

/** Small persistent data that is never secret: what was tested when, the history. */
export interface Store {
  get(key: string): unknown;
  set(key: string, value: unknown): Promise<void>;
}

/** Receives a body that is too large for memory, piece by piece. */
export interface BodySink {
  write(chunk: Uint8Array): Promise<void>;
  /** Ends the file and gives its path. */
  close(): Promise<string>;
  /** Throws away what was written. */
  discard(): Promise<void>;
}

export interface Files {
  /** Opens a new file in the temporary folder, readable by this user only. `extension` such as `.json`. */
  temporary(extension: string): Promise<BodySink>;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** Takes text that was redacted, and no other. */
export interface Log {
  info(message: Redacted<string>): void;
  warn(message: Redacted<string>): void;
  error(message: Redacted<string>): void;
}

export interface Ports {
  readonly secrets: SecretStore;
  readonly definitions: Definitions;
  readonly store: Store;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
}
