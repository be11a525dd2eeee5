import { getHeader } from '../../http/headers';
import type { Facts } from '../facts';
import type { Fix } from '../fix';
import { attachCredential, changeScheme, replaceSecret } from '../fixes';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

const SIGN_IN =
  /(?:^|[/.\-_])(?:log-?[io]n|sign-?[io]n|sso|saml2?|authenticate|authorize|oauth2?|openid-connect|adfs|cas|idp|accounts?|auth|session\/new|sessions\/new|wp-login\.php|servicelogin|logon)(?=[/.?\-_]|$)/i;

/** A page for people answered a call for data: a redirect to a sign-in page, or a sign-in form with status 200. */
export const loginPage: Rule = (facts) => {
  const redirected = signInRedirect(facts);
  const isForm =
    facts.status >= 200 && facts.status < 300 && facts.isHtml && (facts.message.asksForPassword || isTitled(facts));
  if (!redirected && !(isForm && wantedData(facts))) return undefined;
  const nothing = facts.carried.length === 0;
  const link: Fix | undefined =
    redirected?.url === undefined ? undefined : { kind: 'openLink', url: redirected.url, what: 'sign-in' };
  return makeCause(facts, {
    code: 'login-page-redirect',
    confidence: redirected && isForm ? 'certain' : 'likely',
    action: nothing ? 'change-scheme' : 'refresh-or-sign-in-again',
    evidence: [
      redirected && { kind: 'header', name: 'Location', text: redirected.location, hop: redirected.hop },
      facts.headerItem('Content-Type'),
    ],
    data: { location: redirected?.location, sent: nothing ? 'nothing' : 'credential' },
    fixes: [...(nothing ? attachCredential(facts) : [replaceSecret(facts), changeScheme(facts)]), link],
    also: nothing ? ['no-credential-sent'] : ['credential-expired', 'csrf-or-session'],
  });
};

/** Pages that build their form by script show what they are in their title only. */
function isTitled({ message }: Facts): boolean {
  const { main, details } = message;
  return [main, ...details.slice(0, 3)].some(
    (said) => said !== undefined && /\b(?:sign|log)[ -]?in\b/i.test(said.text) && said.text.length < 120,
  );
}

/** The redirect to a sign-in page: the one that stopped here, or one on the way to an HTML page. */
function signInRedirect(facts: Facts): { location: string; hop: number; url?: string } | undefined {
  const { hops } = facts.evidence.exchange;
  const isRedirect = facts.status >= 300 && facts.status < 400;
  if (!isRedirect && !(facts.status < 300 && facts.isHtml) && facts.status !== 401 && facts.status !== 403)
    return undefined;
  for (const [hop, { request, response }] of hops.entries()) {
    const location = response && getHeader(response.headers, 'location');
    if (location === undefined || !response || response.status < 300 || response.status >= 400) continue;
    const target = resolve(location, request.url);
    if (target && isSignIn(target) && !isSignIn(new URL(request.url))) {
      return { location, hop, ...(/^https?:$/.test(target.protocol) ? { url: target.href } : {}) };
    }
  }
  return undefined;
}

function resolve(location: string, base: string): URL | undefined {
  try {
    return new URL(location, base);
  } catch {
    return undefined;
  }
}

function isSignIn({ hostname, pathname }: URL): boolean {
  return SIGN_IN.test(pathname) || /^(?:login|signin|sso|auth|accounts|idp|id|identity)\./i.test(hostname);
}

/** True where the request was for data, not for a page. */
function wantedData(facts: Facts): boolean {
  const request = facts.evidence.exchange.hops[0]?.request;
  if (!request) return false;
  const accept = getHeader(request.headers, 'accept') ?? '';
  if (/text\/html/i.test(accept)) return false;
  if (facts.url && isSignIn(facts.url) && facts.evidence.exchange.hops.length === 1) return false;
  return (
    /json|xml/i.test(accept) ||
    facts.carried.length > 0 ||
    /\/(?:api|rest|graphql|v\d+)(?:\/|$)|\.json$/i.test(facts.url?.pathname ?? '')
  );
}
