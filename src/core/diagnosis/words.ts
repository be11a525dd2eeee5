import * as l10n from '@vscode/l10n';
import { assertNever } from '../util/assertNever';
import type { Cause, CauseCode, Confidence, CredentialFault } from './cause';
import { advice } from './adviceWords';
import { credentialNoun, faultText } from './credentialWords';
import { shortCause, transportCode } from './shortWords';
import { spanText, timeText } from './spanWords';
import { explainFailure } from './transportWords';

export { placementText, sentText } from './credentialWords';
export { evidenceLabel, evidenceText } from './evidenceWords';
export { fixIcon, fixLabel } from './fixWords';
export type { ServiceNames } from './fixWords';
export { shortCause } from './shortWords';
export { spanText, timeText } from './spanWords';
export { failureTitle } from './failureTitle';

/*
 * The only place where a cause becomes a sentence. Codes and data come in, plain words go out, through @vscode/l10n, so
 * that a command line speaks as well. The data may hold quotations: it has to be redacted before it comes here.
 */

const t = l10n.t;

export interface Explanation {
  /** What happened, in one sentence. */
  readonly headline: string;
  /** What it rests on, what else it could be, and what to do next. */
  readonly explanation?: string;
  /** How sure this is, in words. */
  readonly confidence: string;
}

type Data = Cause['data'];

/** A longer sentence of the API (characters) stands in the evidence only. */
const LONGEST_QUOTE = 200;

/** A cause in words. */
export function explain(cause: Cause): Explanation {
  const transport = transportCode(cause.code);
  if (transport) return { ...explainFailure(transport, cause.data), confidence: confidenceText(cause.confidence) };
  const { headline, more } = sentences(cause, cause.code as Exclude<CauseCode, `transport-${string}`>);
  const others = (cause.also ?? []).map((code) => lowerFirst(shortCause(code)));
  const also = others.length === 0 ? undefined : t('What it could be as well: {0}.', others.join('; '));
  const explanation = [more, advice(cause), also].filter((text) => text !== undefined && text !== '').join(' ');
  return { headline, ...(explanation === '' ? {} : { explanation }), confidence: confidenceText(cause.confidence) };
}

/** For the middle of a sentence; `TLS …` keeps its capitals. */
const lowerFirst = (text: string): string =>
  /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

export function confidenceText(confidence: Confidence): string {
  switch (confidence) {
    case 'certain':
      return t('certain');
    case 'likely':
      return t('likely');
    case 'possible':
      return t('possible');
    default:
      return assertNever(confidence);
  }
}

interface Sentences {
  readonly headline: string;
  readonly more?: string;
}

function sentences(cause: Cause, code: Exclude<CauseCode, `transport-${string}`>): Sentences {
  const { data } = cause;
  const api = String(data['api'] ?? t('the API'));
  const noun = credentialNoun(data['credential']);
  switch (code) {
    case 'no-credential-sent':
      return nothingSent(data, api);
    case 'credential-malformed': {
      const fault = data['fault'] as CredentialFault | undefined;
      if (fault === undefined) return { headline: t('{0} could not read the {1} that was sent.', api, noun) };
      const position = typeof data['position'] === 'number' ? data['position'] : undefined;
      return { headline: t('The {0} sent to {1} {2}.', noun, api, faultText(fault, position)) };
    }
    case 'credential-invalid':
      return {
        headline:
          data['silent'] === 'yes'
            ? t('{0} does not accept the {1}, and does not say why.', api, noun)
            : t('{0} does not accept the {1}.', api, noun),
        more:
          lastVerified(data) ??
          t('Nothing is visibly wrong with it: it may be mistyped, revoked, or of another account or environment.'),
      };
    case 'credential-expired':
      return expiry(data, api, noun);
    case 'clock-skew':
      return clocks(data, api);
    case 'wrong-scheme':
      return wrongScheme(data, api, noun);
    case 'wrong-credential-kind':
      return data['vendor'] === undefined
        ? {
            headline:
              data['kind'] === undefined
                ? t('{0} wants another kind of credential here.', api)
                : t('{0} wants another kind of credential here than a {1}.', api, data['kind']),
          }
        : {
            headline: t(
              'The {0} sent to {1} looks like one of {2}: {3}.',
              noun,
              api,
              data['vendor'],
              data['kind'] ?? '',
            ),
          };
    case 'wrong-audience-or-issuer':
      return {
        headline: t('The token is good, but it was made for another API, tenant or issuer than {0}.', api),
        ...(data['audience'] === undefined ? {} : { more: t('It is for {0}.', data['audience']) }),
      };
    case 'insufficient-scope':
      return data['scope'] === undefined
        ? { headline: t('{0} wants a scope or permission that this {1} does not have.', api, noun) }
        : {
            headline: t('{0} wants a scope that this {1} does not have: {2}.', api, noun, data['scope']),
            more: granted(data),
          };
    case 'insufficient-permission':
      return {
        headline: t('{0} knows who is calling and does not permit this.', api),
        ...(data['roles'] === undefined ? {} : { more: t('The token has the role {0}.', data['roles']) }),
      };
    case 'step-up-required':
      return {
        headline: t('{0} wants a stronger or more recent sign-in for this.', api),
        ...(data['level'] === undefined ? {} : { more: t('It asks for the level {0}.', data['level']) }),
      };
    case 'signature-mismatch':
      return {
        headline: t('{0} worked out another signature than the one that was sent.', api),
        more: t('The secret it was made with, or the text that was signed, differs.'),
      };
    case 'wrong-host-or-region':
      return data['expected'] === undefined
        ? { headline: t('{0} says this is the wrong host, region or path.', api) }
        : { headline: t('{0} expects the call at {1}.', api, data['expected']) };
    case 'client-certificate-required':
      return { headline: t('{0} wants a client certificate (mutual TLS).', api) };
    case 'proxy-auth-required':
      return {
        headline: t('A proxy between here and {0} refused the request.', String(data['api'] ?? '')),
        more: t('The API itself never saw it.'),
      };
    case 'ip-not-allowed':
      return {
        headline:
          data['ip'] === undefined
            ? t('{0} does not let this network or location in.', api)
            : t('{0} does not let calls from {1} in.', api, data['ip']),
        more: t('The {0} is not the problem.', noun),
      };
    case 'account-disabled-or-billing':
      return {
        headline: t('The account, plan or project at {0} is off, locked or unpaid.', api),
        more: t('A new {0} would not help.', noun),
      };
    case 'rate-limited':
      return rateLimit(data, api);
    case 'csrf-or-session':
      return data['stale'] === 'yes'
        ? { headline: t('The nonce of {0} was too old; it sent a new one.', api) }
        : { headline: t('{0} misses its anti-forgery (CSRF) token or session.', api) };
    case 'hidden-as-404':
      return data['reason'] === 'nothing-sent'
        ? { headline: t('{0} found nothing, and no credential was sent: what is private looks absent.', api) }
        : {
            headline: t('{0} found nothing, or this {1} may not see it.', api, noun),
            more: data['scope'] === undefined ? undefined : t('It lacks: {0}.', data['scope']),
          };
    case 'login-page-redirect':
      return {
        headline: t('A sign-in page for people answered instead of {0}.', api),
        more:
          data['sent'] === 'nothing'
            ? t('No credential was sent.')
            : t('The credential was not accepted, or the page does not look at it.'),
      };
    case 'dpop-required':
      return {
        headline:
          data['error'] === 'use_dpop_nonce'
            ? t('{0} wants a fresh nonce in the DPoP proof.', api)
            : t('{0} wants a DPoP proof with the token.', api),
      };
    case 'redirect-dropped-credential':
      return redirected(data);
    case 'not-an-auth-problem':
      return notAuthentication(data, api, cause.said);
    default:
      return assertNever(code);
  }
}

function nothingSent(data: Data, api: string): Sentences {
  const more = data['wants'] === undefined ? undefined : t('It asks for {0}.', data['wants']);
  switch (data['reason']) {
    case 'no-service':
      return { headline: t('No credential was sent: no service is registered for {0}.', data['origin'] ?? api), more };
    case 'no-auth-directive':
      return { headline: t('No credential was sent: `# @no-auth` stands on the request.'), more };
    case 'left-out-once':
      return { headline: t('No credential was sent, as you asked, and {0} wants one.', api), more };
    case 'scheme-none':
      return { headline: t('No credential was sent: service {0} is set to no authentication.', api), more };
    case 'written-in-request':
      return {
        headline: t('The request has its own header for the credential, and {0} reads none from it.', api),
        more,
      };
    default:
      return { headline: t('No credential was sent to {0}.', api), more };
  }
}

function expiry(data: Data, api: string, noun: string): Sentences {
  const { expiredAt, observedAt } = data;
  if (typeof expiredAt !== 'number' || typeof observedAt !== 'number')
    return { headline: t('The {0} for {1} has expired.', noun, api) };
  return {
    headline: t('The {0} {1} was given expired {2} ago.', noun, api, spanText(observedAt - expiredAt)),
    more: t('It ran out on {0}, by its own claim.', timeText(expiredAt)),
  };
}

function clocks(data: Data, api: string): Sentences {
  const { notBefore, observedAt, skewSeconds } = data;
  if (typeof notBefore === 'number' && typeof observedAt === 'number') {
    return {
      headline: t(
        'The token is not valid yet: by the clock of {0} its time begins in {1}.',
        api,
        spanText(notBefore - observedAt),
      ),
    };
  }
  if (typeof skewSeconds === 'number' && skewSeconds !== 0) {
    return { headline: t('What was sent is dated {0} away from the clock of {1}.', spanText(skewSeconds * 1000), api) };
  }
  return { headline: t('{0} does not accept the time the request or the token was made at.', api) };
}

function wrongScheme(data: Data, api: string, noun: string): Sentences {
  const { sentScheme, wantedScheme } = data;
  if (
    sentScheme !== undefined &&
    wantedScheme !== undefined &&
    String(sentScheme).toLowerCase() !== String(wantedScheme).toLowerCase()
  ) {
    return { headline: t('{0} wants {1}, and the {2} was sent as {3}.', api, wantedScheme, noun, sentScheme) };
  }
  return { headline: t('{0} does not see the {1} where, or in the form, it was sent.', api, noun) };
}

function rateLimit(data: Data, api: string): Sentences {
  const { retryAt, observedAt } = data;
  if (typeof retryAt !== 'number' || typeof observedAt !== 'number' || retryAt <= observedAt)
    return { headline: t('Too many requests to {0}.', api) };
  return { headline: t('Too many requests to {0}: it wants {1} of waiting.', api, spanText(retryAt - observedAt)) };
}

function redirected(data: Data): Sentences {
  const from = String(data['from'] ?? '');
  const to = String(data['to'] ?? '');
  switch (data['stopped']) {
    case 'body-has-secret':
      return { headline: t('The redirect from {0} to {1} was not followed: the body has a secret in it.', from, to) };
    case 'location-has-secret':
      return {
        headline: t('The redirect from {0} to {1} was not followed: its address has the credential in it.', from, to),
      };
    default:
      return {
        headline: t('A redirect led from {0} to {1}, and the credential stayed behind.', from, to),
        more: t(
          "A secret is sent only to the origins it was entered for. If {0} is the API's right address, use it as the address of the service.",
          to,
        ),
      };
  }
}

function notAuthentication(data: Data, api: string, said: string | undefined): Sentences {
  const status = data['status'] ?? '';
  const fields = data['fields'];
  switch (data['reason']) {
    case 'server':
      return {
        headline: t('{0} failed on its own side ({1}).', api, status),
        more: t('This is not about the credential.'),
      };
    case 'not-found':
      return {
        headline: t('{0} has nothing at this address ({1}).', api, status),
        more: t('Nothing speaks for the credential being the reason. Check the path.'),
      };
    case 'method':
      return { headline: t('{0} does not take {1} at this address.', api, data['method'] ?? '') };
    case 'conflict':
      return {
        headline: t('What was asked contradicts the state at {0} ({1}).', api, status),
        more: t('This is not about the credential.'),
      };
    case 'payment':
      return { headline: t('{0} reports a payment problem (402).', api), more: t('This is not about the credential.') };
    case 'too-large':
      return { headline: t('The request is larger than {0} takes ({1}).', api, status) };
    case 'media-type':
      return { headline: t('{0} does not take or give this content type ({1}).', api, status) };
    case 'edge':
      return {
        headline: t('A guard in front of {0} stopped the request.', api),
        more: t(
          'The credential was not looked at: this is about where or how the request was sent, such as a bot check or a missing User-Agent.',
        ),
      };
    case 'redirect':
      return {
        headline: t('The redirect to {0} could not be followed.', data['to'] ?? ''),
        more: t('This is not about the credential.'),
      };
    default:
      return {
        headline:
          said === undefined || said.length > LONGEST_QUOTE
            ? t("{0} can't use the request as it is ({1}).", api, status)
            : t('{0} does not take the request as it is: {1}', api, said),
        more:
          fields === undefined
            ? t('This is not about the credential.')
            : t('It names: {0}. This is not about the credential.', fields),
      };
  }
}

function granted(data: Data): string | undefined {
  return data['granted'] === undefined ? undefined : t('It has: {0}.', data['granted']);
}

function lastVerified(data: Data): string | undefined {
  const { lastVerifiedAt, observedAt } = data;
  if (typeof lastVerifiedAt !== 'number' || typeof observedAt !== 'number') return undefined;
  return t(
    'It was accepted {0} ago, so it was probably revoked or replaced since.',
    spanText(observedAt - lastVerifiedAt),
  );
}
