import type { Store } from '../ports';
import type { Service } from '../services/service';

const key = (service: Service): string => `latchkey/consent/tls/${service.id}/${service.origin}`;

/**
 * What the person confirmed beyond a setting. A workspace's definition can turn certificate checks off for an address to
 * which the person's secret is bound; that takes effect only once they said yes to exactly that.
 */
export class Consents {
  constructor(private readonly store: Store) {}

  /** Whether this service may be called without checking its certificate. The person's own setting is consent enough. */
  mayLeaveTlsUnverified(service: Service): boolean {
    if (service.scope === 'user') return true;
    try {
      return this.store.get(key(service)) === true;
    } catch {
      return false;
    }
  }

  /** Remembers that the person confirmed it, for this service at this origin. */
  async allowUnverifiedTls(service: Service): Promise<void> {
    await this.store.set(key(service), true);
  }

  /** Forgets what was confirmed for this service at its present origin: it was removed. */
  async forget(service: Service): Promise<void> {
    await this.store.set(key(service), undefined);
  }
}
