import { originOf } from '../../http/origin';
import { changeAddress } from '../fixes';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** A redirect led to another origin: the credential stayed behind, as it must, and the new origin refused. */
export const droppedByRedirect: Rule = (facts) => {
  const { hops } = facts.evidence.exchange;
  const at = hops.findIndex(({ redirect }) => redirect && redirect.dropped.length > 0 && !redirect.stopped);
  const redirect = hops[at]?.redirect;
  if (!redirect || !(facts.status === 401 || facts.status === 403)) return undefined;
  const from = originOf(hops[at]?.request.url ?? '') ?? '';
  const to = originOf(redirect.location) ?? redirect.location;
  return makeCause(facts, {
    code: 'redirect-dropped-credential',
    confidence: facts.status === 401 ? 'certain' : 'likely',
    action: 'fix-host',
    evidence: [
      { kind: 'hop', hop: at, text: redirect.location },
      { kind: 'header', name: 'Location', text: redirect.location, hop: at },
    ],
    data: { from, to, dropped: redirect.dropped.join(', ') },
    fixes: [changeAddress(facts), to === '' ? undefined : { kind: 'addService', baseUrl: to }],
  });
};

/** A redirect that was not followed to keep a secret from leaving its origin, or that leads nowhere. */
export const stoppedRedirect: Rule = (facts) => {
  const stopped = facts.last?.redirect?.stopped;
  if (stopped === undefined || stopped === 'not-followed' || !facts.last?.redirect) return undefined;
  const { location } = facts.last.redirect;
  const keepsSecret = stopped === 'body-has-secret' || stopped === 'location-has-secret';
  return makeCause(facts, {
    code: keepsSecret ? 'redirect-dropped-credential' : 'not-an-auth-problem',
    confidence: 'certain',
    action: keepsSecret ? 'fix-host' : 'none',
    evidence: [{ kind: 'hop', hop: facts.hop, text: location }, facts.headerItem('Location')],
    data: {
      stopped,
      reason: 'redirect',
      status: facts.status,
      from: originOf(facts.last.request.url) ?? '',
      to: originOf(location) ?? location,
    },
    fixes: [changeAddress(facts)],
  });
};
