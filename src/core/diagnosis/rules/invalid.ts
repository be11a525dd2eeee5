import { changeScheme, replaceSecret } from '../fixes';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** The API says that it does not know the credential. */
export const invalid: Rule = (facts) => {
  if (facts.status >= 500 || facts.isValidation || facts.status === 404) return undefined;
  const said = facts.says('invalid');
  if (!said || (facts.carried.length === 0 && facts.isRefusal)) return undefined;
  return makeCause(facts, {
    code: 'credential-invalid',
    confidence: 'likely',
    action: 'replace-credential',
    evidence: [said],
    data: { lastVerifiedAt: facts.evidence.lastVerifiedAt, observedAt: facts.evidence.now },
    fixes: [replaceSecret(facts), changeScheme(facts)],
    also: ['credential-expired', 'wrong-host-or-region'],
  });
};

/** A 401 that says nothing more: nothing is visibly wrong with what was sent, so the API does not accept it. */
export const refused: Rule = (facts) => {
  if (facts.status !== 401 || facts.carried.length === 0) return undefined;
  return makeCause(facts, {
    code: 'credential-invalid',
    confidence: 'possible',
    action: 'replace-credential',
    evidence: [facts.headerItem('WWW-Authenticate')],
    data: { lastVerifiedAt: facts.evidence.lastVerifiedAt, observedAt: facts.evidence.now, silent: 'yes' },
    fixes: [replaceSecret(facts), changeScheme(facts)],
    also: ['credential-expired', 'wrong-scheme', 'insufficient-permission'],
  });
};
