import * as l10n from '@vscode/l10n';
import type { Placement } from '../auth/scheme';
import { assertNever } from '../util/assertNever';
import type { CredentialFault, KeyRemark, Sent } from './cause';

const t = l10n.t;

/** What the credential is called in a sentence. Takes the code that `makeCause` put into `data.credential`. */
export function credentialNoun(code: string | number | undefined): string {
  switch (code) {
    case 'token':
      return t('token');
    case 'key':
      return t('key');
    case 'password':
      return t('user name and password');
    case 'session':
      return t('session');
    case 'signature':
      return t('signature');
    default:
      return t('credential');
  }
}

/** A fault as the end of a sentence that begins with "The token …". `position` counts from 0. */
export function faultText(code: CredentialFault, position?: number, text?: string): string {
  const at = position === undefined ? '' : t(' (character {0})', position + 1);
  switch (code) {
    case 'empty':
      return t('is empty');
    case 'line-break':
      return t('has a line break (newline) in it{0}', at);
    case 'space-around':
      return t('has whitespace before or after it');
    case 'space-inside':
      return t('has whitespace inside{0}', at);
    case 'quotes':
      return t('still has its quotes around it (quotation marks are part of what was sent)');
    case 'scheme-word-twice':
      return t('has the scheme twice, as in "Bearer Bearer …"');
    case 'scheme-word-inside':
      return t('has a scheme word such as "Bearer" in front, where the bare value belongs');
    case 'header-name-inside':
      return t('has "Authorization:" in front of it');
    case 'unresolved-variable':
      return t('is an unresolved variable, not a value');
    case 'placeholder':
      return t('is a placeholder (an example value), not a real one');
    case 'nothing-word':
      return t('is the word "{0}": a variable was empty when it was filled in', text ?? 'undefined');
    case 'invisible-character':
      return t('has an invisible character{0}, {1}', at, text ?? '');
    case 'control-character':
      return t('has a control character{0}, {1}', at, text ?? '');
    case 'not-ascii':
      return t('has a character that is not ASCII{0}, {1}', at, text ?? '');
    case 'percent-encoded':
      return t('looks percent-encoded, as it stands in an address');
    case 'too-short':
      return t('is very short: it may have been cut');
    case 'broken-jwt':
      return t("begins like a JWT but can't be read as one: it may have been cut");
    case 'no-colon':
      return t('has no colon between user name and password');
    case 'sent-twice':
      return t('was sent twice, in a header and in the address');
    default:
      return assertNever(code);
  }
}

export function isFault(code: CredentialFault | KeyRemark): code is CredentialFault {
  return code !== 'vendor' && code !== 'kind' && code !== 'expected-prefix';
}

/** Where a credential stood, e.g. `header Authorization`. */
export function placementText(placement: Placement): string {
  switch (placement.in) {
    case 'header':
      return t('header {0}', placement.name);
    case 'query':
      return t('query parameter {0}', placement.name);
    case 'cookie':
      return t('cookie {0}', placement.name);
    case 'body':
      return t('body ({0})', placement.name);
    default:
      return assertNever(placement);
  }
}

/** What was sent, in one line: `Bearer ••••7Qx2 from service SendGrid`, or that nothing was, and why. */
export function sentText({ credentials, unreached, unsigned, origin }: Sent): string {
  if (unreached) return t('nothing: no connection was made');
  const parts = credentials.map(({ text, placement, service }) => {
    const isUsual = placement.in === 'header' && /^authorization$/i.test(placement.name);
    const what = isUsual ? text : t('{0} in {1}', text, placementText(placement));
    return service ? t('{0} from service {1}', what, service.name) : t('{0}, written in the request', what);
  });
  if (parts.length > 0) return parts.join('; ');
  switch (unsigned) {
    case 'no-service':
      return origin === undefined
        ? t('nothing: no service is registered for this address')
        : t('nothing: no service is registered for {0}', origin);
    case 'no-auth-directive':
      return t('nothing: `# @no-auth` stands on the request');
    case 'written-in-request':
      return t('nothing of a service: the request has its own header');
    case 'left-out-once':
      return t('nothing: sent without credentials, as asked');
    case 'scheme-none':
      return t('nothing: the service is set to no authentication');
    case undefined:
      return t('nothing');
    default:
      return assertNever(unsigned);
  }
}
