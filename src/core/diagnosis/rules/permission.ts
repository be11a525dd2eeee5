import type { Facts } from '../facts';
import { replaceSecret } from '../fixes';
import { claimText } from '../jwt';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** The caller is known and may not do this: a 403, or any answer that says so in so many words. */
export const permission: Rule = (facts) => {
  const { status } = facts;
  if (status >= 500 || facts.isValidation || status === 404) return undefined;
  const said = facts.says('permission');
  const sure = facts.saysSurely('permission') ?? (status === 401 ? permissionWord(facts) : undefined);
  if (status !== 403 && !sure) return undefined;
  if (status !== 403 && facts.carried.length === 0 && facts.isRefusal) return undefined;
  const roles = facts.jwt && claimText(facts.jwt, 'roles');
  return makeCause(facts, {
    code: 'insufficient-permission',
    confidence: 'likely',
    action: 'ask-for-permission',
    evidence: [sure ?? said, roles === undefined ? undefined : { kind: 'claim', name: 'roles', text: roles }],
    data: { roles },
    fixes: [{ kind: 'copyQuestion' }, replaceSecret(facts)],
    also: ['insufficient-scope', 'ip-not-allowed'],
  });
};

/** In a 401 only the word itself counts; "unauthorized" there is the name of the status. */
function permissionWord(facts: Facts): ReturnType<Facts['says']> {
  return facts.texts.find(({ words }) => /\bpermissions?\b|\bprivileges?\b|\baccess rights\b/.test(words))?.item;
}
