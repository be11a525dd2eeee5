import { randomUUID } from 'node:crypto';
import type { Exchange, Hop, Outcome, TransportFailure } from '../http/exchange';
import type { HttpRequest } from '../http/message';
import type { Disposable } from '../util/disposable';
import { Agents, type Network } from './agents';
import { Conversation, type Stop } from './conversation';
import { transportFailure } from './failure';
import type { SendOptions } from './options';
import { completeRequest, type Outgoing } from './outgoing';
import { noRedirects, redirectStep } from './redirects';

/** What a transport needs from outside. */
export interface TransportDeps extends Network {
  /** What goes out as User-Agent where the request has none, e.g. `latchkey/0.1.0`. */
  readonly userAgent: string;
  /** Milliseconds since the epoch; the system's clock where it is left out. */
  readonly now?: () => number;
}

/** Sends requests and keeps their connections for the next ones. */
export interface Transport extends Disposable {
  /**
   * Sends a request and follows its redirects. A send that fails is a value: a failure where there is no response, a
   * problem on the body where it broke off after one. Rejects only with what `options.sign` rejects with, and where the
   * transport was disposed before. The signal cancels at any time; what had come by then is in the result.
   */
  send(request: HttpRequest, options: SendOptions, signal: AbortSignal): Promise<Exchange>;
}

/** Node's timers hold no more milliseconds than this; what is longer is as good as no limit. */
const longestTimer = 2 ** 31 - 1;

/** Methods that may be sent a second time when the first try met a dead connection (RFC 9110 section 9.2.2). */
const repeatable: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/** Makes a transport. Whoever makes it disposes it: that cancels what is under way and closes the connections. */
export function createTransport(deps: TransportDeps): Transport {
  const agents = new Agents(deps);
  const running = new Set<AbortController>();
  let disposed = false;
  return {
    async send(request, options, signal) {
      if (disposed) throw new Error('the transport was disposed');
      const controller = new AbortController();
      const stop = (reason: Stop): void => controller.abort(reason);
      const cancel = (): void => stop('cancelled');
      const { timeoutMs } = options;
      const limited = timeoutMs !== undefined && timeoutMs <= longestTimer;
      const timer = limited ? setTimeout(stop, timeoutMs, 'timeout' satisfies Stop) : undefined;
      signal.addEventListener('abort', cancel, { once: true });
      running.add(controller);
      try {
        if (signal.aborted) cancel();
        return await new Send(deps, agents, options, controller.signal).run(request);
      } finally {
        running.delete(controller);
        signal.removeEventListener('abort', cancel);
        clearTimeout(timer);
      }
    },
    dispose() {
      disposed = true;
      for (const controller of running) controller.abort('cancelled' satisfies Stop);
      agents.dispose();
    },
  };
}

/** One send, hop by hop. */
class Send {
  readonly #start = performance.now();
  readonly #hops: Hop[] = [];

  constructor(
    private readonly deps: TransportDeps,
    private readonly agents: Agents,
    private readonly options: SendOptions,
    private readonly signal: AbortSignal,
  ) {}

  async run(first: HttpRequest): Promise<Exchange> {
    let plain = first;
    let state = noRedirects;
    for (;;) {
      // Before anything is signed: a scheme may rely on an address that can be read.
      const unusable = this.#complete(plain);
      if ('code' in unusable) return this.#end({ kind: 'failure', failure: unusable });
      const signing = state.left ? { request: plain, used: [] } : this.options.sign(plain);
      const signed = await unlessAborted(Promise.resolve(signing), this.signal);
      if (!signed) return this.#end({ kind: 'failure', failure: { code: this.signal.reason as Stop } });
      const outgoing = this.#complete(signed.request);
      if ('code' in outgoing) return this.#end({ kind: 'failure', failure: outgoing });
      const attached = signed.used.some((use) => use.service !== undefined);
      const { conversation, failure } = await this.#converse(outgoing, new URL(first.url));
      if (failure) return this.#end({ kind: 'failure', failure }, conversation.hop(attached));
      const hop = { plain, signed: signed.request, used: signed.used };
      const step = redirectStep(hop, conversation.response(), this.options, state);
      if (step.kind !== 'follow') {
        const body = await conversation.body(this.options);
        const response = { ...conversation.response(), body };
        const redirect = step.kind === 'stop' ? step.redirect : undefined;
        return this.#end({ kind: 'response', response }, conversation.hop(attached, redirect));
      }
      await conversation.discard();
      this.#hops.push(conversation.hop(attached, step.redirect));
      ({ plain, state } = step);
    }
  }

  /** The request with all its headers, or why it can't be sent. */
  #complete(request: HttpRequest): Outgoing | TransportFailure {
    try {
      return completeRequest(request, this.deps.userAgent);
    } catch (error) {
      const { code, systemCode, detail } = transportFailure(error, nowhere);
      return { code: code === 'unknown' ? 'bad-request' : code, systemCode, detail };
    }
  }

  /** Sends; once more where a kept connection was dead and the request may be repeated. */
  async #converse(
    outgoing: Outgoing,
    first: URL,
  ): Promise<{ conversation: Conversation; failure: TransportFailure | undefined }> {
    // Leaving TLS unverified was a decision about one origin; wherever a redirect leads is verified.
    const verified = this.options.verifyTls || outgoing.url.origin !== first.origin;
    const agent = this.agents.for(outgoing.url, verified ? 'verified' : 'unverified');
    for (;;) {
      const now = this.deps.now ?? Date.now;
      const report = this.options.onProgress ?? ((): void => undefined);
      const conversation = new Conversation(outgoing, this.signal, now(), report);
      const failure = await conversation.start(agent);
      const again =
        failure && !this.signal.aborted && conversation.wasClosedMeanwhile && repeatable.has(outgoing.method);
      if (!again) return { conversation, failure };
    }
  }

  #end(outcome: Outcome, hop?: Hop): Exchange {
    return {
      id: randomUUID(),
      hops: hop ? [...this.#hops, hop] : this.#hops,
      outcome,
      tlsVerified: this.options.verifyTls,
      totalMs: performance.now() - this.#start,
    };
  }
}

const nowhere = { host: '', port: 0, phase: 'send', proxyFailed: false } as const;

/** The value, or undefined where the signal came first. A rejection that comes later is nobody's. */
async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  let onAbort = (): void => undefined;
  const aborted = new Promise<undefined>((resolve) => {
    onAbort = () => resolve(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await (signal.aborted ? undefined : Promise.race([promise, aborted]));
  } finally {
    signal.removeEventListener('abort', onAbort);
    promise.catch(() => undefined);
  }
}
