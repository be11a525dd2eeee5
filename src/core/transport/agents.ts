import * as http from 'node:http';
import * as https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';

/** How this machine reaches others. */
export interface Network {
  /** Resolves names; the system's own way where it is left out. */
  readonly lookup?: LookupFunction;
  /** Certificates to trust instead of the usual ones, in PEM. */
  readonly ca?: string | readonly string[];
}

/** Idle connections are closed after this many milliseconds, unless the server said an earlier time. */
const idle = 15_000;

/** What our agents and any agent in their place are to use for a connection. */
type ConnectionSettings = Pick<https.AgentOptions, 'lookup' | 'ca' | 'rejectUnauthorized'>;

/** Keeps connections for plain http; what it was made with is readable, for an agent that takes its place. */
export class HttpAgent extends http.Agent {
  constructor(readonly settings: ConnectionSettings) {
    super({ keepAlive: true, timeout: idle, scheduling: 'lifo', ...settings });
  }
}

/** The same for https. */
export class HttpsAgent extends https.Agent {
  constructor(readonly settings: ConnectionSettings) {
    super({ keepAlive: true, timeout: idle, scheduling: 'lifo', ...settings });
  }
}

export type OwnAgent = HttpAgent | HttpsAgent;

/** The agents of a transport. A connection that was not verified is never used for a request that has to be. */
export class Agents {
  readonly #plain: HttpAgent;
  readonly #verified: HttpsAgent;
  readonly #unverified: HttpsAgent;

  constructor(network: Network) {
    // `ca` and `lookup` may not be there even as undefined: Node and VS Code look whether the key exists.
    const lookup = network.lookup ? { lookup: network.lookup } : {};
    const ca = network.ca ? { ca: [network.ca].flat() as string[] } : {};
    this.#plain = new HttpAgent(lookup);
    this.#verified = new HttpsAgent({ ...lookup, ...ca });
    this.#unverified = new HttpsAgent({ ...lookup, ...ca, rejectUnauthorized: false });
  }

  /** The agent for a URL. Takes whether the server's certificate has to be verified. */
  for(url: URL, tls: 'verified' | 'unverified'): OwnAgent {
    if (url.protocol === 'http:') return this.#plain;
    return tls === 'verified' ? this.#verified : this.#unverified;
  }

  /** Closes every connection. */
  dispose(): void {
    for (const agent of [this.#plain, this.#verified, this.#unverified]) agent.destroy();
  }
}

/** What VS Code puts in the place of an agent (the shape of npm's `agent-base`). */
interface ReplacingAgent {
  connect(request: http.ClientRequest, options: Record<string, unknown>): Promise<unknown>;
}

/**
 * VS Code patches `http.request`: it replaces the agent by one that finds out whether a proxy is to be used, and, where
 * none is, goes on with Node's global agent instead of ours. That would lose kept connections, and the service's wish not
 * to verify TLS. So the replacement is asked as VS Code intends, with our settings, and what would have gone to a global
 * agent goes to ours. The request has to be new: the replacement connects a microtask after it was made.
 */
export function keepAgent(request: http.ClientRequest, own: OwnAgent, host: string): void {
  const given = (request as unknown as { agent?: unknown }).agent;
  if (given === own || !isReplacing(given)) return;
  const connect = given.connect.bind(given);
  given.connect = async (asked, options) => {
    // The name to verify is the URL's; Node would take it from a Host header the person wrote.
    Object.assign(options, own.settings, own instanceof https.Agent ? { servername: isIP(host) ? '' : host } : {});
    const way = await connect(asked, options);
    return way === http.globalAgent || way === https.globalAgent ? own : way;
  };
}

function isReplacing(agent: unknown): agent is ReplacingAgent {
  return typeof (agent as Partial<ReplacingAgent> | undefined)?.connect === 'function';
}
