import { attachCredential } from '../fixes';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** The request carried nothing that an API reads as a credential. */
export const missing: Rule = (facts) => {
  if (facts.carried.length > 0 || facts.evidence.used.length > 0 || facts.status >= 500) return undefined;
  const said = facts.says('missing');
  const refused = facts.status === 401 || facts.status === 403;
  const speaks = said && !facts.isValidation && facts.status !== 404 && !facts.says('invalid');
  if (!refused && !speaks) return undefined;
  const { unsigned, service } = facts.evidence;
  return makeCause(facts, {
    code: 'no-credential-sent',
    confidence: facts.status === 401 || said ? 'certain' : 'likely',
    action: 'set-credential',
    evidence: [said],
    data: {
      reason: unsigned ?? 'nothing',
      origin: facts.url?.origin,
      service: service?.id,
      wants: facts.challenges[0]?.scheme,
    },
    fixes: attachCredential(facts),
    also: facts.status === 403 ? ['insufficient-permission', 'ip-not-allowed'] : [],
  });
};
