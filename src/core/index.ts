import { History } from './history/history';
import type { RequestNode } from './language/ast';
import type { ParsedDocument } from './language/problems';
import type { Dynamic } from './language/resolution';
import type { Ports } from './ports';
import { Consents } from './run/consents';
import type { Engine, RequestRun, TestRun } from './run/engine';
import type { RunOutcome } from './run/outcome';
import { serviceFor, type ServiceFinding } from './run/serviceFor';
import { schemes } from './auth/schemes';
import { ServiceRegistry } from './services/registry';
import type { Network } from './transport/agents';
import { Vault } from './services/vault';
import { Verification } from './services/verification';

/** The product without its house: everything a VS Code extension, or a command line, needs to send a request. */
export interface Core {
  readonly services: ServiceRegistry;
  readonly vault: Vault;
  readonly verification: Verification;
  readonly consents: Consents;
  readonly history: History;
  /** Sends. Everything that can happen to a request is an outcome; a rejection is a bug. */
  readonly run: {
    request(run: RequestRun, signal: AbortSignal): Promise<RunOutcome>;
    test(run: TestRun, signal: AbortSignal): Promise<RunOutcome>;
  };
  /** Which service a request would use if it were sent now. */
  serviceFor(parsed: ParsedDocument, request: RequestNode): ServiceFinding;
  /** What system variables need; for hover, which shows an example. */
  readonly dynamic: Dynamic;
  /** Our clock, milliseconds since the epoch. */
  now(): number;
  dispose(): void;
}

/** What `createCore` takes beside the ports. */
export interface CoreOptions {
  /** Goes into the User-Agent of requests that have none of their own. */
  readonly version: string;
  /** Certificates to trust and a way to resolve names, where the system's are not to be used. */
  readonly network?: Network;
}

/** Builds the core over the ports: the one place that makes its long-lived objects, in the order of their dependencies. */
export function createCore(ports: Ports, options: CoreOptions): Core {
  const services = new ServiceRegistry(ports.definitions, schemes);
  const vault = new Vault(ports.secrets, ports.clock, schemes);
  const verification = new Verification(ports.store, vault);
  const consents = new Consents(ports.store);
  const history = new History(ports.store);
  const dynamic: Dynamic = {
    now: () => ports.clock.now(),
    random: Math.random,
    uuid: () => globalThis.crypto.randomUUID(),
  };
  let engine: Promise<Engine> | undefined;
  // Sending is the heavy half: it is loaded when the first request is sent.
  const load = (): Promise<Engine> =>
    (engine ??= import('./run/engine').then(
      (module) =>
        new module.Engine({
          ...{ services, vault, verification, consents, history, dynamic },
          ...{ files: ports.files, clock: ports.clock, log: ports.log },
          userAgent: `latchkey/${options.version}`,
          network: options.network,
        }),
    ));
  return {
    services,
    vault,
    verification,
    consents,
    history,
    run: {
      request: async (run, signal) => (await load()).request(run, signal),
      test: async (run, signal) => (await load()).test(run, signal),
    },
    serviceFor: (parsed, request) => serviceFor(parsed, request, services, dynamic),
    dynamic,
    now: () => ports.clock.now(),
    dispose: () => {
      services.dispose();
      vault.dispose();
      void engine?.then((loaded) => loaded.dispose());
    },
  };
}
