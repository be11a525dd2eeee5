import type { EvidenceItem } from '../cause';
import type { Facts } from '../facts';
import { changeAddress, replaceSecret } from '../fixes';
import { claimText } from '../jwt';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** A good token that was made for another API, tenant or issuer. */
export const audience: Rule = (facts) => {
  if (facts.carried.length === 0 || facts.status >= 500 || facts.isValidation) return undefined;
  const said = facts.says('audience');
  const other = facts.status === 401 ? otherAudience(facts) : undefined;
  if (!said && !other) return undefined;
  const claims = (['aud', 'iss'] as const).flatMap((name): EvidenceItem[] => {
    const text = facts.jwt && claimText(facts.jwt, name);
    return text === undefined ? [] : [{ kind: 'claim', name, text }];
  });
  return makeCause(facts, {
    code: 'wrong-audience-or-issuer',
    confidence: said ? 'certain' : 'likely',
    action: 'replace-credential',
    evidence: [said, ...claims],
    data: {
      audience: facts.jwt && claimText(facts.jwt, 'aud'),
      issuer: facts.jwt && claimText(facts.jwt, 'iss'),
      host: facts.host,
    },
    fixes: [replaceSecret(facts), changeAddress(facts)],
    also: said ? [] : ['credential-invalid', 'wrong-host-or-region'],
  });
};

/** An `aud` that is an address of another host than the one called (RFC 8707 uses addresses; names say nothing). */
function otherAudience(facts: Facts): string | undefined {
  const audiences = facts.jwt?.claims['aud'];
  const list = (Array.isArray(audiences) ? audiences : [audiences]).filter((item) => typeof item === 'string');
  const hosts = list.flatMap((item) => {
    try {
      return [new URL(item).hostname];
    } catch {
      return [];
    }
  });
  if (hosts.length === 0 || hosts.length < list.length) return undefined;
  const domain = (host: string): string => host.split('.').slice(-2).join('.');
  return hosts.some((host) => domain(host) === domain(facts.host)) ? undefined : hosts[0];
}
