import { replaceSecret } from '../fixes';
import { makeCause } from '../makeCause';
import { isBelow, isVendorHost } from '../vendors';
import type { Rule } from './rule';

/** The prefix of the key names another vendor than the one that was called, or a key that is meant for browsers. */
export const otherKey: Rule = (facts) => {
  const { key } = facts.credential ?? {};
  if (!key || facts.status >= 500 || facts.status < 400 || facts.isValidation) return undefined;
  if (!facts.isRefusal && !facts.says('invalid') && !facts.says('kind')) return undefined;
  const foreign = key.vendor !== undefined && !isBelow(facts.host, key.hosts) && isVendorHost(facts.host);
  const publishable = key.publishable === true && isBelow(facts.host, key.hosts);
  if (!foreign && !publishable) return undefined;
  return makeCause(facts, {
    code: 'wrong-credential-kind',
    confidence: 'certain',
    action: 'replace-credential',
    evidence: [
      { kind: 'credential', code: foreign ? 'vendor' : 'kind', text: [key.vendor, key.kind].filter(Boolean).join(' ') },
      facts.says('kind'),
    ],
    data: { vendor: foreign ? key.vendor : undefined, kind: key.kind, host: facts.host },
    fixes: [replaceSecret(facts)],
  });
};
