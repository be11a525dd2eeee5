import * as l10n from '@vscode/l10n';
import { assertNever } from '../util/assertNever';
import type { EvidenceItem } from './cause';
import { faultText, isFault } from './credentialWords';
import { spanText } from './spanWords';

const t = l10n.t;

/** What stands before a piece of evidence, e.g. `The API says`, `Header WWW-Authenticate`. */
export function evidenceLabel(item: EvidenceItem): string {
  switch (item.kind) {
    case 'status':
      return t('Status');
    case 'header':
      return t('Header {0}', item.name);
    case 'body':
      return item.pointer === undefined || item.pointer === ''
        ? t('The API says')
        : t('The API says, at {0}', item.pointer);
    case 'claim':
      return t('Claim {0} of the token', item.name);
    case 'credential':
      return t('What was sent');
    case 'hop':
      return t('Redirect {0}', item.hop + 1);
    case 'clock':
      return t('Clock');
    case 'system':
      return t('The system says');
    case 'scopes':
      return t('Scopes');
    case 'certificate':
      return certificateLabel(item.field);
    default:
      return assertNever(item);
  }
}

/** The piece of evidence itself; quotations word for word. */
export function evidenceText(item: EvidenceItem): string {
  switch (item.kind) {
    case 'status':
      return String(item.status);
    case 'header':
    case 'body':
    case 'claim':
    case 'system':
    case 'certificate':
      return item.text;
    case 'hop':
      return t('to {0}', item.text);
    case 'credential':
      if (isFault(item.code)) return faultText(item.code, item.position, item.text);
      return item.code === 'expected-prefix'
        ? t('this kind of key belongs into {0}', item.text ?? '')
        : t('by its prefix: {0}', item.text ?? '');
    case 'clock':
      return item.skewSeconds === 0
        ? t("as the server's")
        : item.skewSeconds > 0
          ? t("{0} ahead of the server's", spanText(item.skewSeconds * 1000))
          : t("{0} behind the server's", spanText(item.skewSeconds * 1000));
    case 'scopes':
      return item.granted === undefined
        ? t('needed: {0}', item.needed)
        : t('needed: {0}; granted: {1}', item.needed, item.granted);
    default:
      return assertNever(item);
  }
}

function certificateLabel(field: Extract<EvidenceItem, { kind: 'certificate' }>['field']): string {
  switch (field) {
    case 'names':
      return t('Certificate is for');
    case 'subject':
      return t('Certificate of');
    case 'issuer':
      return t('Issued by');
    case 'validFrom':
      return t('Valid from');
    case 'validTo':
      return t('Valid until');
    default:
      return assertNever(field);
  }
}
