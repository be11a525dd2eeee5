import type { Facts } from '../facts';
import { replaceSecret } from '../fixes';
import { grantedScopes } from '../jwt';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** The token or key was granted too little: RFC 6750 `insufficient_scope`, headers that list scopes, or the body. */
export const scope: Rule = (facts) => {
  if (facts.carried.length === 0 || facts.status >= 500 || facts.isValidation || facts.status === 404) return undefined;
  const { needed, granted } = scopesOf(facts);
  const said =
    facts.challengeParam('error') === 'insufficient_scope' ? facts.headerItem('WWW-Authenticate') : facts.says('scope');
  const gap = facts.status === 403 && needed.length > 0 && granted.length > 0;
  if (!said && !gap && !(facts.status === 403 && needed.length > 0)) return undefined;
  return makeCause(facts, {
    code: 'insufficient-scope',
    confidence: needed.length > 0 || facts.saysSurely('scope') ? 'certain' : 'likely',
    action: 'add-scope',
    evidence: [
      needed.length > 0
        ? { kind: 'scopes', needed: needed.join(' '), ...(granted.length > 0 ? { granted: granted.join(' ') } : {}) }
        : undefined,
      said,
      ...facts.headers.filter(({ name }) => isScopeHeader(name)).map(({ name }) => facts.headerItem(name)),
    ],
    data: {
      scope: needed.length > 0 ? needed.join(' ') : undefined,
      granted: granted.length > 0 ? granted.join(' ') : undefined,
    },
    fixes: [replaceSecret(facts), { kind: 'copyQuestion' }],
    also: ['insufficient-permission'],
  });
};

/** What is asked for and what the credential has, wherever the answer or the token says it. */
export function scopesOf(facts: Facts): { readonly needed: readonly string[]; readonly granted: readonly string[] } {
  const needed = new Set<string>(facts.message.needed);
  const granted = new Set<string>(facts.message.granted);
  const add = (into: Set<string>, text: string | undefined): void => {
    for (const item of (text ?? '').split(/[\s,;]+/)) {
      if (item !== '' && !/^allows_permissionless/.test(item)) into.add(item);
    }
  };
  add(needed, facts.challengeParam('scope'));
  for (const { name, value } of facts.headers) {
    if (isScopeHeader(name)) add(/accept|requir|need/i.test(name) ? needed : granted, value);
  }
  if (needed.size === 0) for (const name of namedInText(facts)) needed.add(name);
  if (facts.jwt) add(granted, grantedScopes(facts.jwt));
  return { needed: [...needed], granted: [...granted] };
}

function isScopeHeader(name: string): boolean {
  return /^x-.*(?:oauth-scopes|scopes|accepted-\w+-permissions)$/i.test(name);
}

/** `Missing scopes: a.b c.d`, `requires one of the following scopes: ['x:y']`: only names that look like scopes. */
function namedInText(facts: Facts): string[] {
  const text = facts.message.main?.text ?? '';
  const list =
    /\b(?:missing|requires?|required|following|needs?)\b[^:.]{0,40}scopes?\b[^:[]{0,12}[:[]\s*([^.\]]{0,10}?[\w.:\-/'", ]{2,200})/i.exec(
      text,
    )?.[1] ?? '';
  return list
    .split(/[\s,'"[\]]+/)
    .map((item) => item.replace(/\.$/, ''))
    .filter((item) => /^[a-z][\w-]*[.:/][\w.:\-/]+$/i.test(item));
}
