import * as l10n from '@vscode/l10n';
import type { RedirectStop, TransportFailureCode } from '../http/exchange';
import type { BodyProblem } from '../http/message';
import { assertNever } from '../util/assertNever';
import type { Fix } from './fix';
import type { ServiceNames } from './words';
import { evidenceLabel, evidenceText, explain, failureTitle, fixIcon, fixLabel, sentText } from './words';

const t = l10n.t;

type Phase = 'dns' | 'connect' | 'tls' | 'send' | 'firstByte' | 'download';
type HopNote =
  | { readonly code: 'credential-sent' | 'connection-reused' | 'became-get' }
  | { readonly code: 'credential-left-out'; readonly names: readonly string[] }
  | { readonly code: 'redirect-stopped'; readonly why: RedirectStop }
  | { readonly code: 'tls'; readonly protocol: string; readonly verified: boolean };
type BodyNote =
  | BodyProblem
  | { readonly code: 'unknown-charset'; readonly charset: string; readonly readAs: string }
  | { readonly code: 'no-text' };

/**
 * All words the panel's state needs, in the shape of `PanelWords` (protocol), which this room may not import: the
 * compiler compares the two where the host hands one to the other. Takes the names of services by id.
 */
export function panelWords(names: ServiceNames) {
  return {
    explain,
    evidenceLabel,
    evidenceText,
    fixIcon,
    fixLabel: (fix: Fix): string => fixLabel(fix, names),
    sentText,
    failureTitle: (code: TransportFailureCode): string => failureTitle(code),
    phase: phaseText,
    hopNote: hopText,
    bodyNote: bodyText,
    summaryNote: ({ code }: { readonly code: 'tls-not-verified' | 'own-header-won' }): string =>
      code === 'tls-not-verified'
        ? t('The certificate was not checked: this is turned off for the service.')
        : t("The request's own header was sent instead of the service's credential."),
    cut: (shown: string, total: string): string => t('The first {0} of {1} are shown.', shown, total),
  };
}

function phaseText(phase: Phase): string {
  switch (phase) {
    case 'dns':
      return t('Name lookup');
    case 'connect':
      return t('Connect');
    case 'tls':
      return t('TLS');
    case 'send':
      return t('Send');
    case 'firstByte':
      return t('Wait');
    case 'download':
      return t('Download');
    default:
      return assertNever(phase);
  }
}

function hopText(note: HopNote): string {
  switch (note.code) {
    case 'credential-sent':
      return t('credential sent');
    case 'connection-reused':
      return t('connection reused');
    case 'became-get':
      return t('method became GET, body left out');
    case 'credential-left-out':
      return t('left out for another origin: {0}', note.names.join(', '));
    case 'redirect-stopped':
      return stopText(note.why);
    case 'tls':
      return note.verified ? note.protocol : t('{0}, certificate not checked', note.protocol);
    default:
      return assertNever(note);
  }
}

function stopText(why: RedirectStop): string {
  switch (why) {
    case 'not-followed':
      return t('redirect not followed, as set');
    case 'too-many':
      return t('redirect not followed: too many');
    case 'loop':
      return t('redirect not followed: it leads in a circle');
    case 'bad-location':
      return t('redirect not followed: its Location is no address');
    case 'unsupported-scheme':
      return t('redirect not followed: neither http nor https');
    case 'body-has-secret':
      return t('redirect not followed: the body has a secret in it');
    case 'location-has-secret':
      return t('redirect not followed: its address has the credential in it');
    default:
      return assertNever(why);
  }
}

function bodyText(note: BodyNote): string {
  switch (note.code) {
    case 'closed-early':
      return note.expectedBytes === undefined
        ? t('The connection closed before the body was complete.')
        : t('The connection closed early: {0} of {1} bytes came.', note.receivedBytes, note.expectedBytes);
    case 'bad-encoding':
      return t("The body can't be decompressed ({0}): {1}", note.encoding, note.detail);
    case 'unknown-encoding':
      return t('The content coding {0} is unknown; the body is shown as it came.', note.encoding);
    case 'not-stored':
      return t('The rest of the body could not be kept on disk: {0}', note.detail);
    case 'cancelled':
      return t('Cancelled while the body was coming.');
    case 'timeout':
      return t('The time ran out while the body was coming.');
    case 'unknown-charset':
      return t('The charset {0} is unknown; the body is read as {1}.', note.charset, note.readAs);
    case 'no-text':
      return t('The body is binary.');
    default:
      return assertNever(note);
  }
}
