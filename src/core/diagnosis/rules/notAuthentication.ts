import { changeAddress } from '../fixes';
import type { Facts } from '../facts';
import type { Fix } from '../fix';
import { makeCause } from '../makeCause';
import { retryTime } from './rateLimit';
import type { Rule } from './rule';

/** Nothing speaks for the credential: an ordinary 400, 404, 409, 422 or 5xx, in the API's own words. */
export const notAuthentication: Rule = (facts) => {
  if (facts.status < 400) return undefined;
  const reason = reasonOf(facts.status);
  const pointed = facts.message.fields.length > 0 ? facts.message.fields.join(', ') : undefined;
  return makeCause(facts, {
    code: 'not-an-auth-problem',
    confidence: facts.status >= 500 || facts.message.main ? 'certain' : 'likely',
    action: 'none',
    evidence: [facts.saidItem],
    data: {
      reason,
      status: facts.status,
      fields: pointed,
      method: facts.last?.request.method,
      path: facts.url?.pathname,
    },
    fixes: fixesOf(facts, reason),
  });
};

type Reason = 'request' | 'not-found' | 'method' | 'conflict' | 'payment' | 'too-large' | 'media-type' | 'server';

function reasonOf(status: number): Reason {
  if (status >= 500) return 'server';
  switch (status) {
    case 404:
    case 410:
      return 'not-found';
    case 405:
      return 'method';
    case 409:
    case 412:
      return 'conflict';
    case 402:
      return 'payment';
    case 413:
    case 414:
    case 431:
      return 'too-large';
    case 406:
    case 415:
      return 'media-type';
    default:
      return 'request';
  }
}

function fixesOf(facts: Facts, reason: Reason): readonly Fix[] {
  if (reason === 'not-found') return [changeAddress(facts)];
  if (reason !== 'server') return [{ kind: 'editRequest', at: reason === 'method' ? 'url' : 'header' }];
  const retryAt = facts.header('retry-after') === undefined ? undefined : retryTime(facts);
  return [retryAt ? { kind: 'wait', until: retryAt.at } : { kind: 'sendAgain' }, { kind: 'copyQuestion' }];
}
