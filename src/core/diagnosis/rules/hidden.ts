import type { Facts } from '../facts';
import { attachCredential, replaceSecret } from '../fixes';
import { makeCause } from '../makeCause';
import { hidesAs404 } from '../vendors';
import { scopesOf } from './scope';
import type { Rule } from './rule';

/** A 404 that the API itself says may stand for "you may not see it". A plain 404 is never taken for one. */
export const hidden: Rule = (facts) => {
  if (facts.status !== 404) return undefined;
  const { needed, granted } = scopesOf(facts);
  const gap = needed.filter((item) => !granted.includes(item));
  const said = facts.says('hidden');
  const byHabit = facts.carried.length === 0 && hidesAs404(facts.host);
  const lacks = gap.length > 0 && granted.length > 0;
  if (!said && !byHabit && !lacks) return undefined;
  return makeCause(facts, {
    code: 'hidden-as-404',
    confidence: lacks ? 'likely' : 'possible',
    action: byHabit ? 'set-credential' : lacks ? 'add-scope' : 'ask-for-permission',
    evidence: [
      said,
      lacks ? { kind: 'scopes', needed: gap.join(' '), granted: granted.join(' ') } : undefined,
      ...scopeHeaders(facts),
    ],
    data: { scope: lacks ? gap.join(' ') : undefined, reason: byHabit ? 'nothing-sent' : undefined },
    fixes: [...(byHabit ? attachCredential(facts) : [replaceSecret(facts)]), { kind: 'copyQuestion' }],
    also: ['not-an-auth-problem'],
  });
};

function scopeHeaders(facts: Facts): ReturnType<Facts['headerItem']>[] {
  return facts.headers.filter(({ name }) => /oauth-scopes$/i.test(name)).map(({ name }) => facts.headerItem(name));
}
