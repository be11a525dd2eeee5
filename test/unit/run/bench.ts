import assert from 'node:assert/strict';
import { afterEach } from 'mocha';
import { createCore, type Core } from '../../../src/core/index';
import { parseDocument } from '../../../src/core/language/parser';
import type { SettingsScope } from '../../../src/core/ports';
import type { RunSettings } from '../../../src/core/run/engine';
import type { Finished, RunOutcome } from '../../../src/core/run/outcome';
import type { Network } from '../../../src/core/transport/agents';
import type { Progress } from '../../../src/core/transport/options';
import { searchFor } from '../../rig/leakSearch';
import { describeFinding } from '../../rig/secrets';
import { memoryPorts, settableClock, type MemoryPorts } from '../support/ports';
import { pem } from '../support/servers';

/*
 * The whole core over ports in memory and a real network: what every suite of this folder sends its requests with.
 */

export interface SendChanges {
  readonly settings?: Partial<RunSettings>;
  readonly credentials?: 'attach' | 'leave-out';
  readonly signal?: AbortSignal;
  /** Which request of the text; the first one by default. */
  readonly index?: number;
  readonly onProgress?: (progress: Progress) => void;
}

export interface Bench {
  readonly core: Core;
  readonly ports: MemoryPorts;
  /** Every progress so far. */
  readonly progress: readonly Progress[];
  /** Puts a definition into a scope, beside those that are there. */
  define(id: string, baseUrl: string, auth: object, more?: object, scope?: SettingsScope): void;
  /** Defines a service with a bearer token in the user's settings, and stores the token. Gives nothing back. */
  bearer(id: string, baseUrl: string, token: string, more?: object): Promise<void>;
  /** Stores a secret for a service as it is defined now. */
  store(id: string, field: string, value: string): Promise<void>;
  /** Sends a request of this text. */
  send(text: string, changes?: SendChanges): Promise<RunOutcome>;
  /** The same, where the request has to be sent. */
  finish(text: string, changes?: SendChanges): Promise<Finished>;
  test(id: string, changes?: SendChanges): Promise<RunOutcome>;
}

export const settings: RunSettings = { timeoutMs: 20_000, followRedirects: true, memoryLimit: 1024 * 1024 };

/** To be called inside `describe`: each test has a core of its own, which trusts the tests' own authority. */
export function useBench(): (some?: Partial<MemoryPorts>, network?: Network) => Bench {
  const cores: Core[] = [];
  afterEach(() => {
    for (const core of cores.splice(0)) core.dispose();
  });
  return (some, network) => {
    const ports = memoryPorts({ clock: settableClock(Date.now()), ...some });
    const core = createCore(ports, { version: 'test', network: { ca: pem('ca'), ...network } });
    cores.push(core);
    return makeBench(core, ports);
  };
}

function makeBench(core: Core, ports: MemoryPorts): Bench {
  const progress: Progress[] = [];
  const service = (id: string) => core.services.get(id) ?? assert.fail(`there is no service ${id}`);
  const options = ({ settings: changed, credentials = 'attach', onProgress }: SendChanges) => ({
    settings: { ...settings, ...changed },
    credentials,
    onProgress: (event: Progress) => {
      progress.push(event);
      onProgress?.(event);
    },
  });
  const signalOf = ({ signal }: SendChanges): AbortSignal => signal ?? new AbortController().signal;
  const bench: Bench = {
    ...{ core, ports, progress },
    define(id, baseUrl, auth, more = {}, scope = 'user') {
      const present = ports.definitions.read()[scope] as object | undefined;
      ports.definitions.edit(scope, { ...present, [id]: { name: id.toUpperCase(), baseUrl, auth, ...more } });
    },
    async bearer(id, baseUrl, token, more) {
      bench.define(id, baseUrl, { scheme: 'bearer' }, more);
      await bench.store(id, 'token', token);
    },
    async store(id, field, value) {
      assert.deepEqual(await core.vault.set(service(id), field, value), { state: 'ok' });
    },
    send(text, changes = {}) {
      const parsed = parseDocument(text);
      const index = changes.index ?? 0;
      const request = parsed.document.requests.filter((each) => each.line)[index] ?? parsed.document.requests[0];
      if (!request) assert.fail('the text holds nothing to send');
      const place = { document: 'file:///requests.http', index };
      return core.run.request({ parsed, request, place, ...options(changes) }, signalOf(changes));
    },
    finish: async (text, changes) => finishedOf(await bench.send(text, changes)),
    test: (id, changes = {}) => core.run.test({ service: service(id), ...options(changes) }, signalOf(changes)),
  };
  return bench;
}

export function finishedOf(outcome: RunOutcome): Finished {
  return outcome.kind === 'finished' ? outcome.finished : assert.fail(`not sent: ${outcomeWords(outcome)}`);
}

/** An outcome in one line: what happened, and for what was sent the status or the failure. */
export function outcomeWords(outcome: RunOutcome): string {
  switch (outcome.kind) {
    case 'finished': {
      const end = outcome.finished.exchange.outcome;
      return end.kind === 'response' ? String(end.response.status) : end.failure.code;
    }
    case 'problems':
      return `problems ${outcome.problems.map((problem) => problem.code).join(' ')}`;
    case 'secretMissing':
      return `secretMissing ${outcome.service.id} ${outcome.fields.join(' ')}`;
    case 'originUnconfirmed':
      return `originUnconfirmed ${outcome.service.id} ${outcome.fields.join(' ')} ${outcome.origin}`;
    case 'tlsUnconfirmed':
      return `tlsUnconfirmed ${outcome.service.id} ${outcome.origin}`;
    case 'vaultFailed':
      return `vaultFailed ${outcome.service.id} ${outcome.field} ${outcome.detail}`;
  }
}

export function responseOf({ exchange: { outcome } }: Finished) {
  return outcome.kind === 'response' ? outcome.response : assert.fail(`no response but ${outcome.failure.code}`);
}

export const bodyText = (finished: Finished): string => Buffer.from(responseOf(finished).body.bytes).toString();

/** All that a value holds as text to search: keys and strings as they are, bytes as UTF-8 and once more without zeros (UTF-16). */
export function everythingIn(value: unknown): string {
  const parts: string[] = [];
  const visit = (one: unknown): void => {
    if (one instanceof Uint8Array) {
      const text = Buffer.from(one).toString();
      parts.push(text, text.replaceAll('\0', ''));
    } else if (one instanceof Map) visit([...one]);
    else if (typeof one === 'object' && one !== null) {
      for (const [key, member] of Object.entries(one)) {
        parts.push(key);
        visit(member);
      }
    } else parts.push(String(one));
  };
  visit(value);
  return parts.join('\n');
}

/** Where these secrets are found, in any form; the lines show none. */
export function found(place: string, text: string, secrets: readonly string[]): string[] {
  const known = secrets.map((value, at) => ({ label: `secret ${at + 1}`, value }));
  return searchFor([{ name: place, text }], known).map(describeFinding);
}

/** Fails where one of the secrets is in the text in any form, without showing it. */
export function holdsNone(place: string, text: string, secrets: readonly string[]): void {
  assert.ok(secrets.length > 0);
  assert.deepEqual(found(place, text, secrets), []);
}

/** What a server received, as UTF-8. */
export const utf8 = (latin1: string): string => Buffer.from(latin1, 'latin1').toString();
