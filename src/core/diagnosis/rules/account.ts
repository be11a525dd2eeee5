import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** The account, the project or the plan behind the credential is off, locked or unpaid: a new credential changes nothing. */
export const account: Rule = (facts) => {
  const { status } = facts;
  if (status >= 500 || facts.isValidation || (status >= 300 && status < 400)) return undefined;
  const item = facts.says('account');
  if (!item) return undefined;
  // A payment of the caller's customer was declined: nothing of the caller's.
  if (status === 402 && facts.texts.some(({ words }) => /\bcard\b/.test(words))) return undefined;
  if (status === 404 || status === 409) return undefined;
  const waits =
    facts.header('retry-after') !== undefined || facts.headers.some(({ name }) => /rate-?limit.*reset/i.test(name));
  if (
    facts.saysSurely('rate') &&
    (waits || !/quota|credit|balance|billing/i.test('text' in item ? (item.text ?? '') : ''))
  ) {
    return undefined;
  }
  return makeCause(facts, {
    code: 'account-disabled-or-billing',
    confidence: 'likely',
    action: 'enable-account',
    evidence: [item],
    fixes: [{ kind: 'copyQuestion' }, { kind: 'sendAgain' }],
    also: status === 403 ? ['insufficient-permission'] : [],
  });
};
