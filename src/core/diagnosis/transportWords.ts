import * as l10n from '@vscode/l10n';
import type { TransportFailureCode } from '../http/exchange';
import { assertNever } from '../util/assertNever';

const t = l10n.t;

type Data = Readonly<Record<string, string | number>>;

/** What happened on the way, in one sentence with host and port, and what to do. */
export function explainFailure(code: TransportFailureCode, data: Data): { headline: string; explanation: string } {
  const host = String(data['host'] ?? '');
  const place = `${host}:${data['port'] ?? ''}`;
  const names = data['names'];
  switch (code) {
    case 'dns-not-found':
      return say(
        t('There is no host named {0}.', host),
        t('Check the spelling of the address. A name that exists only inside a company network needs its VPN.'),
      );
    case 'dns-failed':
      return say(
        t('The name {0} could not be looked up.', host),
        t('The name server did not answer. Check the network connection, then send again.'),
      );
    case 'refused':
      return data['local'] === 'yes'
        ? say(
            t('Nothing is listening on {0}.', place),
            t('Is the server running? Start it, or correct the port, then send again.'),
          )
        : say(
            t('{0} refused the connection.', place),
            t('The host is there, but no service answers on this port. Check the port, or whether the service is up.'),
          );
    case 'reset':
      return say(
        t('{0} closed the connection before it answered.', place),
        t(
          'The server, or something on the way to it, ended the connection. Send again; if it stays so, check that the address and http or https are right.',
        ),
      );
    case 'unreachable':
      return say(
        t("{0} can't be reached from here.", place),
        t('There is no route to this address. Check the network connection, the VPN and the address.'),
      );
    case 'timeout':
      return say(
        timeoutText(data, place),
        t('Send again, or allow more time in the setting latchkey.request.timeout.'),
      );
    case 'cancelled':
      return say(t('The request was cancelled.'), t('Send again when you want to.'));
    case 'tls-untrusted':
      return say(
        t('The certificate of {0} was issued by nobody this computer trusts.', place),
        t(
          "Add the company's or the server's own root certificate to the system. Turning the check off for the service lets anybody on the way read the credential.",
        ),
      );
    case 'tls-self-signed':
      return say(
        t('{0} shows a certificate that it signed itself.', place),
        t(
          "Add this certificate to the system's trusted ones. Turning the check off for the service lets anybody on the way read the credential.",
        ),
      );
    case 'tls-expired':
      return data['validTo'] === undefined
        ? say(t('The certificate of {0} has expired.', place), t('Only the owner of the API can renew it.'))
        : say(
            t('The certificate of {0} expired on {1}.', place, data['validTo']),
            t(
              'Only the owner of the API can renew it. If the date is in the future, the clock of this computer is wrong.',
            ),
          );
    case 'tls-not-yet-valid':
      return say(
        t('The certificate of {0} is not valid yet.', place),
        t(
          "Check the date and time of this computer; if they are right, the server's certificate was put in place too early.",
        ),
      );
    case 'tls-wrong-name':
      return names === undefined
        ? say(
            t('The certificate of {0} is for another name.', place),
            t('Check the host in the address: this may be a different server than the one that was meant.'),
          )
        : say(
            t('The certificate of {0} is for {1}, not for this name.', place, names),
            t('Use one of the names on the certificate, or check that this is the server that was meant.'),
          );
    case 'tls-client-certificate':
      return say(
        t('{0} wants a client certificate.', place),
        t('This API authenticates by certificate (mutual TLS). Ask its owner for one.'),
      );
    case 'tls-protocol':
      return data['protocol'] === 'http'
        ? say(
            t('{0} speaks https, and the request was sent as http.', place),
            t('Change http:// to https:// in the address.'),
          )
        : say(
            t('No encrypted connection to {0} is possible.', place),
            t(
              'The other side may speak plain http on this port, or only versions of TLS that are no longer safe. Check http or https and the port.',
            ),
          );
    case 'proxy':
      return say(t('The proxy on the way to {0} failed.', host), t('Check the proxy in the setting http.proxy.'));
    case 'bad-response':
      return say(
        t('What {0} answered is not HTTP.', place),
        t('Check that an HTTP service answers on this port, and http or https.'),
      );
    case 'bad-request':
      return say(
        t("The request can't be sent as it is written."),
        t('A header or the address has a character that HTTP does not allow. Correct it in the request.'),
      );
    case 'unknown':
      return say(t('The request to {0} failed.', place), t("The system's own message below says more."));
    default:
      return assertNever(code);
  }
}

function timeoutText(data: Data, place: string): string {
  const seconds = data['seconds'] ?? 0;
  switch (data['phase']) {
    case 'dns':
    case 'connect':
    case 'tls':
      return t('{0} did not accept a connection within {1} s.', place, seconds);
    case 'download':
      return t('The response of {0} was not complete within {1} s.', place, seconds);
    default:
      return t('{0} did not answer within {1} s.', place, seconds);
  }
}

function say(headline: string, explanation: string): { headline: string; explanation: string } {
  return { headline, explanation };
}
