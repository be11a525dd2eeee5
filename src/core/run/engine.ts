import { diagnose } from '../diagnosis/diagnose';
import type { CauseCode, Diagnosis, Evidence } from '../diagnosis/cause';
import type { SecretUse } from '../auth/scheme';
import type { Exchange } from '../http/exchange';
import { getHeaders } from '../http/headers';
import { originOf } from '../http/origin';
import { isSensitiveHeader } from '../http/sensitive';
import type { History } from '../history/history';
import { resolveRequest } from '../language/resolve';
import type { RequestNode } from '../language/ast';
import type { ParsedDocument, Problem } from '../language/problems';
import type { Dynamic } from '../language/resolution';
import type { Clock, Files, Log } from '../ports';
import { createRedactor, type Redactor } from '../redaction/redact';
import type { ServiceRegistry } from '../services/registry';
import type { Service } from '../services/service';
import type { Vault } from '../services/vault';
import type { Verification } from '../services/verification';
import type { Network } from '../transport/agents';
import type { Progress } from '../transport/options';
import { createTransport, type Transport } from '../transport/transport';
import type { Consents } from './consents';
import { bodySink } from './bodySink';
import type { Finished, RunOutcome } from './outcome';
import { assemble, prepareRequest, prepareTest, type Prepared } from './prepare';
import { gatherSecrets } from './secrets';

/** What holds for one send. Times in milliseconds, sizes in bytes. */
export interface RunSettings {
  /** Undefined is no limit. */
  readonly timeoutMs: number | undefined;
  readonly followRedirects: boolean;
  readonly memoryLimit: number;
}

export interface RunOptions {
  readonly settings: RunSettings;
  /** `leave-out` sends once without any credential of a service. */
  readonly credentials: 'attach' | 'leave-out';
  /** What is under way; its URL is redacted. */
  readonly onProgress?: (progress: Progress) => void;
}

/** Where a request stands, for the history: a document and a request in it. */
export interface RunPlace {
  readonly document: string;
  readonly index: number;
  readonly name?: string;
}

export interface RequestRun extends RunOptions {
  readonly parsed: ParsedDocument;
  readonly request: RequestNode;
  readonly place: RunPlace;
}

export interface TestRun extends RunOptions {
  readonly service: Service;
}

export interface EngineParts {
  readonly services: ServiceRegistry;
  readonly vault: Vault;
  readonly verification: Verification;
  readonly consents: Consents;
  readonly history: History;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  readonly dynamic: Dynamic;
  /** e.g. `latchkey/0.1.0`. */
  readonly userAgent: string;
  /** How this machine reaches others; the system's way where it is left out. */
  readonly network?: Network;
}

const MAX_REDIRECTS = 20;

/** Causes that say nothing of the credential. */
const SILENT: ReadonlySet<CauseCode> = new Set(['not-an-auth-problem', 'rate-limited']);

/**
 * Causes of one request's own: the credential was known, and other requests of the service may go well. Only the service's
 * own test counts as a failure of the service then.
 */
const OWN: ReadonlySet<CauseCode> = new Set([
  'insufficient-scope',
  'insufficient-permission',
  'redirect-dropped-credential',
]);

/**
 * The story of a request: resolve → find the service → take its secrets → sign and send, hop by hop → diagnose → redact →
 * remember. Loaded on the first send, because the transport and the diagnosis are the heavy half of the core.
 */
export class Engine {
  readonly #parts: EngineParts;
  readonly #transport: Transport;

  constructor(parts: EngineParts) {
    this.#parts = parts;
    this.#transport = createTransport({ userAgent: parts.userAgent, ...parts.network });
  }

  /** Sends a request of a document. Rejects only for bugs: all that can happen to a request is an outcome. */
  async request(run: RequestRun, signal: AbortSignal): Promise<RunOutcome> {
    const { services, vault, dynamic } = this.#parts;
    const { problems, request } = resolveRequest(run.parsed, run.request, {
      dynamic,
      services: services.all.map((service) => service.id),
      secretFields: (id) => {
        const service = services.get(id);
        return service && vault.fields(service);
      },
    });
    if (!request) return { kind: 'problems', problems };
    const prepared = prepareRequest(request, services, run.credentials);
    const problem = hostProblem(run.request, prepared);
    if (problem) return { kind: 'problems', problems: [problem] };
    return this.#send(prepared, run, signal, run.place);
  }

  /** Sends a service's test request. */
  async test(run: TestRun, signal: AbortSignal): Promise<RunOutcome> {
    return this.#send(prepareTest(run.service, run.credentials), run, signal);
  }

  dispose(): void {
    this.#transport.dispose();
  }

  async #send(prepared: Prepared, run: RunOptions, signal: AbortSignal, place?: RunPlace): Promise<RunOutcome> {
    const { services, vault, consents } = this.#parts;
    const { service } = prepared;
    // As they are now: a service that is removed while its secret is being read is still the one that was asked for.
    const present = new Map(services.all.map((each) => [each.id, each]));
    const owners = prepared.resolved.credentials.map((reference) => present.get(reference.service));
    // Turning verification off counts for the service's own address and its own secrets; a redirect is verified.
    const verifyTls =
      service === undefined ||
      service.origin !== prepared.origin ||
      [service, ...owners].some((each) => each?.verifyTls !== false);
    const unconfirmed = [service, ...owners].find((each) => each && !consents.mayLeaveTlsUnverified(each));
    if (unconfirmed && !verifyTls) {
      return { kind: 'tlsUnconfirmed', service: unconfirmed, origin: prepared.origin };
    }
    const gathered = await gatherSecrets(prepared, vault, (id) => present.get(id));
    if (gathered.kind === 'stopped') return gathered.outcome;
    const { request, sign } = assemble(prepared, gathered.secretOf, (id) => present.get(id) as Service);
    const { used } = await sign(request);
    const redactor = createRedactor(used, (id) => present.get(id)?.name);
    const { files } = this.#parts;
    const { settings } = run;
    const startedAt = this.#parts.clock.now();
    const exchange = await this.#transport.send(
      request,
      {
        timeoutMs: prepared.timeoutMs === undefined ? settings.timeoutMs : prepared.timeoutMs || undefined,
        followRedirects: prepared.followRedirects ?? settings.followRedirects,
        maxRedirects: MAX_REDIRECTS,
        verifyTls,
        memoryLimit: settings.memoryLimit,
        overflow: (contentType) => bodySink(files, contentType, redactor),
        sign,
        isSensitiveHeader,
        onProgress: run.onProgress && ((progress) => run.onProgress?.(redactProgress(progress, redactor))),
      },
      signal,
    );
    return {
      kind: 'finished',
      finished: await this.#finish({ ...prepared, url: request.url }, exchange, used, redactor, startedAt, place),
    };
  }

  async #finish(
    prepared: Prepared,
    exchange: Exchange,
    used: readonly SecretUse[],
    redactor: Redactor,
    startedAt: number,
    place: RunPlace | undefined,
  ): Promise<Finished> {
    const { service, unsigned } = prepared;
    const { verification, clock, log } = this.#parts;
    const told = (error: unknown): void =>
      // What could not be read or remembered does not take the response away.
      log.warn(redactor.text(`The outcome could not be stored: ${error instanceof Error ? error.message : 'unknown'}`));
    const status = service && (await verification.status(service).catch(told));
    const diagnosis = diagnose(evidenceOf(prepared, exchange, used, clock.now(), status?.lastVerifiedAt));
    const finished: Finished = {
      exchange: redactor.exchange(exchange),
      diagnosis: redactor.diagnosis(diagnosis),
      marks: redactor.marks,
      service,
      unsigned,
    };
    try {
      await this.#remember(prepared, exchange, diagnosis, startedAt, redactor, place);
    } catch (error) {
      told(error);
    }
    return finished;
  }

  async #remember(
    { service, unsigned, url, method }: Prepared,
    exchange: Exchange,
    diagnosis: Diagnosis,
    startedAt: number,
    redactor: Redactor,
    place: RunPlace | undefined,
  ): Promise<void> {
    const { services, verification, history, clock } = this.#parts;
    const { outcome } = exchange;
    const cancelled = outcome.kind === 'failure' && outcome.failure.code === 'cancelled';
    const cause = diagnosis.causes[0]?.code;
    if (service && !cancelled && (unsigned === undefined || unsigned === 'scheme-none')) {
      const good = outcome.kind === 'response' && outcome.response.status < 400 && cause === undefined;
      // A 404, a 429 or a 500 says nothing of the credential: it neither verifies the service nor fails it.
      const isOwn = place !== undefined && cause !== undefined && OWN.has(cause);
      const silent = outcome.kind === 'response' && !good && (cause === undefined || SILENT.has(cause) || isOwn);
      // Of a service that was removed meanwhile nothing is kept: one that gets the same id later is another one.
      if (!silent && services.get(service.id))
        await verification.note(service, { startedAt, at: clock.now(), ok: good, cause });
    }
    await history.add(
      redactor.value({
        at: startedAt,
        method,
        url,
        service: service?.id,
        status: outcome.kind === 'response' ? outcome.response.status : undefined,
        cause,
        request: place,
      }),
    );
  }
}

function evidenceOf(
  { service, scheme, unsigned }: Prepared,
  exchange: Exchange,
  used: readonly SecretUse[],
  now: number,
  lastVerifiedAt: number | undefined,
): Evidence {
  return {
    exchange,
    used,
    service: service &&
      scheme && { id: service.id, name: service.name, baseUrl: service.baseUrl, scheme, settings: service.settings },
    unsigned,
    now,
    lastVerifiedAt,
  };
}

/** A secret is not sent along with a `Host` that is no host, because nobody could say whether it may go there. */
function hostProblem({ headers, span: whole }: RequestNode, prepared: Prepared): Problem | undefined {
  const { resolved, service, unsigned, hostOrigins } = prepared;
  const isHost = (name: string | undefined): boolean => name?.toLowerCase() === 'host';
  const node = headers.find(({ name }) => name.parts.some((part) => part.kind === 'literal' && isHost(part.text)));
  const span = node?.span ?? whole;
  if (resolved.credentials.some(({ header }) => isHost(header)))
    return { code: 'misplaced-credential', span, place: 'host' };
  const takesSecrets = resolved.credentials.length > 0 || (service && !unsigned);
  if (!takesSecrets || hostOrigins.every((origin) => originOf(origin) === origin)) return undefined;
  return { code: 'bad-header', span, text: `Host: ${getHeaders(resolved.headers, 'Host').join(', ')}` };
}

function redactProgress(progress: Progress, redactor: Redactor): Progress {
  return progress.phase === 'downloading' ? progress : { ...progress, url: redactor.text(progress.url) };
}
