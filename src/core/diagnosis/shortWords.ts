import * as l10n from '@vscode/l10n';
import type { TransportFailureCode } from '../http/exchange';
import { assertNever } from '../util/assertNever';
import type { CauseCode } from './cause';
import { failureTitle } from './failureTitle';

const t = l10n.t;

/** The transport's code inside a cause's code, or undefined where there was a response. */
export function transportCode(code: CauseCode): TransportFailureCode | undefined {
  return code.startsWith('transport-') ? (code.slice('transport-'.length) as TransportFailureCode) : undefined;
}

/** A cause in two to four words: for the Services view and the notification. */
export function shortCause(code: CauseCode): string {
  const transport = transportCode(code);
  if (transport) return failureTitle(transport);
  const plain = code as Exclude<CauseCode, `transport-${string}`>;
  switch (plain) {
    case 'no-credential-sent':
      return t('No credential sent');
    case 'credential-malformed':
      return t('Credential damaged');
    case 'credential-invalid':
      return t('Credential not accepted');
    case 'credential-expired':
      return t('Credential expired');
    case 'clock-skew':
      return t('Clocks differ');
    case 'wrong-scheme':
      return t('Wrong scheme');
    case 'wrong-credential-kind':
      return t('Wrong kind of credential');
    case 'wrong-audience-or-issuer':
      return t('Token for another API');
    case 'insufficient-scope':
      return t('Scope missing');
    case 'insufficient-permission':
      return t('Permission missing');
    case 'step-up-required':
      return t('Stronger sign-in needed');
    case 'signature-mismatch':
      return t('Signature differs');
    case 'wrong-host-or-region':
      return t('Wrong host or region');
    case 'client-certificate-required':
      return t('Client certificate needed');
    case 'proxy-auth-required':
      return t('Proxy refused');
    case 'ip-not-allowed':
      return t('Network not allowed');
    case 'account-disabled-or-billing':
      return t('Account or billing');
    case 'rate-limited':
      return t('Rate limit reached');
    case 'csrf-or-session':
      return t('Session check failed');
    case 'hidden-as-404':
      return t('Not found or hidden');
    case 'login-page-redirect':
      return t('Sign-in page answered');
    case 'dpop-required':
      return t('DPoP proof needed');
    case 'redirect-dropped-credential':
      return t('Redirect left credential behind');
    case 'not-an-auth-problem':
      return t('Not about authentication');
    default:
      return assertNever(plain);
  }
}
