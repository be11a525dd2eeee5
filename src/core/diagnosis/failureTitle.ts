import * as l10n from '@vscode/l10n';
import type { TransportFailureCode } from '../http/exchange';
import { assertNever } from '../util/assertNever';

const t = l10n.t;

/** The failure in two to four words, e.g. `Connection refused`. */
export function failureTitle(code: TransportFailureCode): string {
  switch (code) {
    case 'dns-not-found':
      return t('Host not found');
    case 'dns-failed':
      return t('Name lookup failed');
    case 'refused':
      return t('Connection refused');
    case 'reset':
      return t('Connection closed');
    case 'unreachable':
      return t('Host unreachable');
    case 'timeout':
      return t('Timed out');
    case 'cancelled':
      return t('Cancelled');
    case 'tls-untrusted':
      return t('Certificate not trusted');
    case 'tls-self-signed':
      return t('Self-signed certificate');
    case 'tls-expired':
      return t('Certificate expired');
    case 'tls-not-yet-valid':
      return t('Certificate not yet valid');
    case 'tls-wrong-name':
      return t('Certificate name differs');
    case 'tls-client-certificate':
      return t('Client certificate needed');
    case 'tls-protocol':
      return t('TLS not possible');
    case 'proxy':
      return t('Proxy failed');
    case 'bad-response':
      return t('Response not readable');
    case 'bad-request':
      return t('Request not sendable');
    case 'unknown':
      return t('Request failed');
    default:
      return assertNever(code);
  }
}
