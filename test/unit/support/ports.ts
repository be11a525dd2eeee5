import { randomUUID } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock, Definitions, Files, Log, Ports, SecretStore, SettingsScope, Store } from '../../../src/core/ports';
import { Emitter } from '../../../src/core/util/event';

/*
 * The core's ports, in memory. They behave as VS Code's do where it matters: changes are announced after they are made,
 * also those of "another window", values are copied (JSON) on the way in and out, and every call is asynchronous.
 */

export interface MemorySecretStore extends SecretStore {
  /** What is stored, by key: for a test to look at or to damage. */
  readonly content: Map<string, string>;
  /** Writes as another window would: the store changes and the event fires. */
  setElsewhere(key: string, value: string | undefined): void;
  /** From now on these methods reject with the error; with an empty list they work again. */
  failWith(error: unknown, ...methods: readonly ('get' | 'set' | 'delete')[]): void;
  /** Names of the methods called so far, with their keys, e.g. `get latchkey…`. */
  readonly calls: string[];
}

export function memorySecrets(initial: Readonly<Record<string, string>> = {}): MemorySecretStore {
  const content = new Map(Object.entries(initial));
  const changed = new Emitter<string>();
  const calls: string[] = [];
  let failing = new Set<string>();
  let failure: unknown;
  const enter = async (method: 'get' | 'set' | 'delete', key: string): Promise<void> => {
    calls.push(`${method} ${key}`);
    await Promise.resolve();
    if (failing.has(method)) throw failure;
  };
  return {
    content,
    calls,
    get: async (key) => {
      await enter('get', key);
      return content.get(key);
    },
    set: async (key, value) => {
      await enter('set', key);
      content.set(key, value);
      changed.fire(key);
    },
    delete: async (key) => {
      await enter('delete', key);
      if (content.delete(key)) changed.fire(key);
    },
    setElsewhere: (key, value) => {
      if (value === undefined) content.delete(key);
      else content.set(key, value);
      changed.fire(key);
    },
    failWith: (error, ...methods) => {
      failure = error;
      failing = new Set(methods);
    },
    onDidChange: changed.event,
  };
}

/** A secret store in which everything rejects, as a keyring that is locked or absent does. */
export function throwingSecrets(error: unknown = new Error('the keyring is locked')): MemorySecretStore {
  const store = memorySecrets();
  store.failWith(error, 'get', 'set', 'delete');
  return store;
}

export interface MemoryDefinitions extends Definitions {
  /** Replaces the raw setting of one scope, as an edit of the settings file does. */
  edit(scope: SettingsScope, value: unknown): void;
  /** How often `read` was called. */
  readonly reads: () => number;
}

export function memoryDefinitions(initial: Partial<Record<SettingsScope, unknown>> = {}): MemoryDefinitions {
  const raw: Record<SettingsScope, unknown> = { user: copy(initial.user), workspace: copy(initial.workspace) };
  const changed = new Emitter<void>();
  let reads = 0;
  return {
    read: () => {
      reads++;
      return { user: copy(raw.user), workspace: copy(raw.workspace) };
    },
    write: async (scope, id, definition) => {
      await Promise.resolve();
      const present = raw[scope];
      const entries = Object.entries(isObject(present) ? present : {});
      const at = entries.findIndex(([key]) => key === id);
      if (definition === undefined) {
        if (at >= 0) entries.splice(at, 1);
      } else if (at >= 0) entries[at] = [id, copy(definition)];
      else entries.push([id, copy(definition)]);
      raw[scope] = entries.length === 0 ? undefined : Object.fromEntries(entries);
      changed.fire();
    },
    edit: (scope, value) => {
      raw[scope] = copy(value);
      changed.fire();
    },
    reads: () => reads,
    onDidChange: changed.event,
  };
}

export interface MemoryStore extends Store {
  /** Everything stored, as JSON: for a test that looks for what may not be there. */
  readonly content: Map<string, string>;
}

export function memoryStore(initial: Readonly<Record<string, unknown>> = {}): MemoryStore {
  const content = new Map(Object.entries(initial).map(([key, value]) => [key, JSON.stringify(value)]));
  return {
    content,
    get: (key) => {
      const text = content.get(key);
      return text === undefined ? undefined : (JSON.parse(text) as unknown);
    },
    set: async (key, value) => {
      await Promise.resolve();
      if (value === undefined) content.delete(key);
      else content.set(key, JSON.stringify(value));
    },
  };
}

export interface SettableClock extends Clock {
  set(milliseconds: number): void;
  advance(milliseconds: number): void;
}

/** A clock that stands still until it is set. */
export function settableClock(start: number = Date.UTC(2026, 0, 15, 12, 0, 0)): SettableClock {
  let time = start;
  return {
    now: () => time,
    set: (milliseconds) => {
      time = milliseconds;
    },
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}

export interface CollectingLog extends Log {
  /** Lines as `info: text`. */
  readonly lines: string[];
}

export function collectingLog(): CollectingLog {
  const lines: string[] = [];
  const level = (name: string) => (message: string) => {
    lines.push(`${name}: ${message}`);
  };
  return { lines, info: level('info'), warn: level('warn'), error: level('error') };
}

export interface MemoryFiles extends Files {
  /** Files that were closed, by path. */
  readonly content: Map<string, Uint8Array>;
  /** How many sinks are open: neither closed nor discarded. */
  readonly open: () => number;
  /** The `write` of every sink rejects with this, as a full disk does; undefined makes them work again. */
  failWritesWith(error: unknown): void;
}

export function memoryFiles(): MemoryFiles {
  const content = new Map<string, Uint8Array>();
  let count = 0;
  let opened = 0;
  let failure: unknown;
  return {
    content,
    open: () => opened,
    failWritesWith: (error) => {
      failure = error;
    },
    temporary: async (extension) => {
      await Promise.resolve();
      const chunks: Uint8Array[] = [];
      const path = `/memory/${++count}${extension}`;
      opened++;
      return {
        write: async (chunk) => {
          await Promise.resolve();
          if (failure !== undefined) throw failure;
          chunks.push(chunk.slice());
        },
        close: async () => {
          await Promise.resolve();
          opened--;
          content.set(path, Buffer.concat(chunks));
          return path;
        },
        discard: async () => {
          await Promise.resolve();
          opened--;
        },
      };
    },
  };
}

/** Real files in a new folder of the system's temporary folder; `remove` takes the folder away. */
export async function diskFiles(): Promise<Files & { readonly folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'latchkey-test-'));
  return {
    folder,
    remove: () => rm(folder, { recursive: true, force: true }),
    temporary: async (extension) => {
      const path = join(folder, `${randomUUID()}${extension}`);
      const handle = await open(path, 'wx', 0o600);
      return {
        write: async (chunk) => {
          await handle.write(chunk);
        },
        close: async () => {
          await handle.close();
          return path;
        },
        discard: async () => {
          await handle.close();
          await rm(path, { force: true });
        },
      };
    },
  };
}

export interface MemoryPorts extends Ports {
  readonly secrets: MemorySecretStore;
  readonly definitions: MemoryDefinitions;
  readonly store: MemoryStore;
  readonly files: MemoryFiles;
  readonly clock: SettableClock;
  readonly log: CollectingLog;
}

/** All ports in memory; give the ones that differ. */
export function memoryPorts(some: Partial<MemoryPorts> = {}): MemoryPorts {
  return {
    secrets: memorySecrets(),
    definitions: memoryDefinitions(),
    store: memoryStore(),
    files: memoryFiles(),
    clock: settableClock(),
    log: collectingLog(),
    ...some,
  };
}

function copy(value: unknown): unknown {
  return value === undefined ? undefined : (JSON.parse(JSON.stringify(value)) as unknown);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
