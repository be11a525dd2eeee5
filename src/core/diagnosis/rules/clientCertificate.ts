import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** The server wants a client certificate (mutual TLS) and says so in a page of its own. */
export const clientCertificate: Rule = (facts) => {
  if (![400, 401, 403, 495, 496].includes(facts.status)) return undefined;
  const item = facts.says('clientCertificate') ?? (facts.status >= 495 ? facts.statusItem : undefined);
  if (!item) return undefined;
  return makeCause(facts, {
    code: 'client-certificate-required',
    confidence: 'certain',
    action: 'add-client-certificate',
    evidence: [item],
    fixes: [{ kind: 'copyQuestion' }],
  });
};
