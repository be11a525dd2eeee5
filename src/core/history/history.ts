import type { Store } from '../ports';
import { fromStore } from '../redaction/redact';
import type { Redacted } from '../redaction/redacted';

/** Where a request stands: a document, and its place and name in it. */
export interface HistoryPlace {
  /** The document's URI. */
  readonly document: string;
  readonly index: number;
  readonly name?: string;
}

/** One request that was sent, without its headers and bodies. All of it is redacted. */
export interface HistoryEntry {
  /** When it was sent, milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  readonly url: string;
  /** Id of the service whose credential went along, or would have. */
  readonly service?: string;
  /** Absent where there was no response. */
  readonly status?: number;
  /** Code of the first cause, where it failed. */
  readonly cause?: string;
  /** Where it can be sent again from; absent for the test of a service. */
  readonly request?: HistoryPlace;
}

const KEY = 'latchkey/history';

/** The last requests, the newest first. Takes only what was redacted; keeps nothing in memory. */
export class History {
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: Store,
    /** How many entries are kept. */
    private readonly limit: number = 100,
  ) {}

  /** Puts an entry first. Rejects when the store does; later calls still work. */
  add(entry: Redacted<HistoryEntry>): Promise<void> {
    return this.#change((entries) => [entry, ...entries].slice(0, this.limit));
  }

  /** All entries, the newest first. What does not look like an entry is left out. */
  list(): readonly Redacted<HistoryEntry>[] {
    const stored = this.store.get(KEY);
    return Array.isArray(stored) ? stored.filter(isEntry).map((entry) => fromStore(entry)) : [];
  }

  /** The latest entry of a request: by its name where it has one, because its place moves when the document is edited. */
  find(place: HistoryPlace): Redacted<HistoryEntry> | undefined {
    return this.list().find(({ request }) => {
      if (request?.document !== place.document) return false;
      return place.name === undefined ? request.index === place.index : request.name === place.name;
    });
  }

  clear(): Promise<void> {
    return this.#change(() => []);
  }

  /** One change after the other: two sends that end together are both kept. */
  #change(change: (entries: readonly Redacted<HistoryEntry>[]) => readonly HistoryEntry[]): Promise<void> {
    const mine = this.#writing.then(() => {
      const entries = change(this.list());
      return this.store.set(KEY, entries.length === 0 ? undefined : entries);
    });
    this.#writing = mine.catch(() => undefined);
    return mine;
  }
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isNumber = (value: unknown): boolean => typeof value === 'number';
const orAbsent = (check: (value: unknown) => boolean) => (value: unknown) => value === undefined || check(value);

function isEntry(value: unknown): value is HistoryEntry {
  if (typeof value !== 'object' || value === null) return false;
  const { at, method, url, service, status, cause, request } = value as Partial<Record<keyof HistoryEntry, unknown>>;
  return (
    isNumber(at) &&
    [method, url].every(isText) &&
    [service, cause].every(orAbsent(isText)) &&
    orAbsent(isNumber)(status) &&
    orAbsent(isPlace)(request)
  );
}

function isPlace(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { document, index, name } = value as Partial<Record<keyof HistoryPlace, unknown>>;
  return isText(document) && isNumber(index) && orAbsent(isText)(name);
}
