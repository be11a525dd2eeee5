import type { AuthScheme } from '../auth/scheme';
import type { Definitions, SettingsScope } from '../ports';
import { DisposableOwner } from '../util/disposable';
import { Emitter, type Event } from '../util/event';
import type { ServiceProblem } from './problem';
import { readServices, type ReadServices } from './readServices';
import { serviceToDefinition, type Service } from './service';

export interface ServiceMatch {
  readonly service: Service;
  /** Other services with the same base URL: the request should name one with `# @service`. */
  readonly equally: readonly Service[];
}

/** The set of services, read from the settings when it is asked for and kept until they change. */
export class ServiceRegistry extends DisposableOwner {
  readonly #changed = this.register(new Emitter<void>());
  #read: ReadServices | undefined;

  /** Fires after the settings changed, in this window or another. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(
    private readonly definitions: Definitions,
    private readonly schemes: readonly AuthScheme[],
  ) {
    super();
    this.register(
      definitions.onDidChange(() => {
        this.#read = undefined;
        this.#changed.fire();
      }),
    );
  }

  /** All that can be used, in the order of the settings: the user's, then the workspace's. */
  get all(): readonly Service[] {
    return this.#current().services;
  }

  /** What in the settings does not fit. */
  get problems(): readonly ServiceProblem[] {
    return this.#current().problems;
  }

  get(id: string): Service | undefined {
    return this.all.find((service) => service.id === id);
  }

  /**
   * The service for an absolute URL: same origin, and the longest base path that is the URL's path or a beginning of it
   * that ends at a slash (`/v3` fits `/v3/mail`, not `/v30`). Among services with one base URL the workspace's goes
   * before the user's, then the order of the ids decides; the others are named in `equally`.
   */
  match(url: string): ServiceMatch | undefined {
    let target: URL;
    try {
      target = new URL(url);
    } catch {
      return undefined;
    }
    const fitting = this.all
      .filter((service) => service.origin === target.origin && isBelow(target.pathname, basePath(service)))
      .sort(
        (a, b) =>
          basePath(b).length - basePath(a).length ||
          scopeRank(a) - scopeRank(b) ||
          (a.id < b.id ? -1 : Number(a.id > b.id)),
      );
    const [service] = fitting;
    if (service === undefined) return undefined;
    return { service, equally: fitting.slice(1).filter((other) => other.baseUrl === service.baseUrl) };
  }

  /** Writes the service's definition into its scope, over the one with the same id. Rejects when the settings can't be written. */
  async save(service: Service): Promise<void> {
    await this.definitions.write(service.scope, service.id, serviceToDefinition(service));
    this.#read = undefined;
  }

  /** Takes the definition out of the scope; one with the same id in the other scope then counts. The secret is the vault's business. */
  async remove(id: string, scope: SettingsScope): Promise<void> {
    await this.definitions.write(scope, id, undefined);
    this.#read = undefined;
  }

  #current(): ReadServices {
    return (this.#read ??= readServices(this.definitions.read(), this.schemes));
  }
}

const basePath = (service: Service): string => service.baseUrl.slice(service.origin.length);

const scopeRank = (service: Service): number => (service.scope === 'workspace' ? 0 : 1);

function isBelow(path: string, base: string): boolean {
  return base === '' || path === base || path.startsWith(`${base}/`);
}
