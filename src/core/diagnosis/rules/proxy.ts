import { makeCause } from '../makeCause';
import type { Facts } from '../facts';
import type { EvidenceItem } from '../cause';
import type { Rule } from './rule';

/** A proxy between here and the API refused: 407 (RFC 9110 section 15.5.8), 511 (RFC 6585), or a proxy's own page. */
export const proxy: Rule = (facts) => {
  if (facts.status !== 407 && facts.status !== 511 && !(facts.status === 403 && proxyPage(facts))) return undefined;
  return makeCause(facts, {
    code: 'proxy-auth-required',
    confidence: facts.status === 407 ? 'certain' : 'likely',
    action: 'configure-proxy',
    evidence: [facts.headerItem('Proxy-Authenticate'), proxyPage(facts), facts.headerItem('Via')],
    data: { status: facts.status, proxy: facts.header('via') },
    fixes: [{ kind: 'openSetting', key: 'http.proxy' }, { kind: 'sendAgain' }],
    also: facts.status === 403 ? ['insufficient-permission'] : [],
  });
};

/** The header by which a proxy shows that it wrote the page itself. `Via` alone says only that it passed the page on. */
function proxyPage(facts: Facts): EvidenceItem | undefined {
  const own = facts.headers.find(
    ({ name, value }) =>
      /^(?:x-squid-error|proxy-status|x-bluecoat-via|x-zscaler\S*|proxy-connection)$/i.test(name) ||
      (/^server$/i.test(name) && /zscaler|bluecoat|squid|mcafee web gateway|forcepoint|netskope/i.test(value)),
  );
  if (own) return { kind: 'header', name: own.name, text: own.value, hop: facts.hop };
  return undefined;
}
