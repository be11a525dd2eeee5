import { getParam } from '../../auth/challenge';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** An anti-forgery token or a nonce of the server is missing or old. */
export const csrf: Rule = (facts) => {
  if (facts.status >= 500 || facts.isValidation) return undefined;
  const digest = facts.challenge('digest');
  const isStale = digest && facts.credential?.word === 'digest' && /^true$/i.test(getParam(digest, 'stale') ?? '');
  const said = facts.says('csrf');
  if (!isStale && !said && facts.status !== 419) return undefined;
  return makeCause(facts, {
    code: 'csrf-or-session',
    confidence: 'certain',
    action: isStale
      ? 'wait-and-retry'
      : facts.credential?.placement.in === 'cookie'
        ? 'refresh-or-sign-in-again'
        : 'fix-credential-format',
    evidence: [said],
    data: { stale: isStale ? 'yes' : undefined },
    fixes: isStale ? [{ kind: 'sendAgain' }] : [{ kind: 'editRequest', at: 'header' }, { kind: 'sendAgain' }],
    also: isStale ? ['credential-expired'] : [],
  });
};
