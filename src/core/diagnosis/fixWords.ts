import * as l10n from '@vscode/l10n';
import { assertNever } from '../util/assertNever';
import type { Fix } from './fix';

const t = l10n.t;

/** The name of a service by its id; undefined where it is gone, then the id itself is shown. */
export type ServiceNames = (id: string) => string | undefined;

/** What the button says, e.g. `Replace Token of SendGrid…`: capitals as on VS Code's own buttons, three dots where it asks for something first. */
export function fixLabel(fix: Fix, names: ServiceNames): string {
  switch (fix.kind) {
    case 'addService':
      return fix.baseUrl === '' ? t('Add Service…') : t('Add Service for {0}…', fix.baseUrl);
    case 'setSecret': {
      const name = names(fix.service) ?? fix.service;
      return fix.replace
        ? t('Replace {0} of {1}…', title(fix.field), name)
        : t('Set {0} of {1}…', title(fix.field), name);
    }
    case 'editService':
      return editLabel(fix.at, names(fix.service) ?? fix.service);
    case 'sendWithoutCredentials':
      return t('Send Without Credentials');
    case 'sendAgain':
      return t('Send Again');
    case 'wait':
      return t('Send Again');
    case 'openLink':
      return fix.what === 'help' ? t("Open the API's Help") : t('Open the Sign-In Page');
    case 'openSetting':
      return t('Open Setting {0}', fix.key);
    case 'editRequest':
      return requestLabel(fix.at);
    case 'copyQuestion':
      return t("Copy a Question for the API's Owner");
    default:
      return assertNever(fix);
  }
}

const title = (field: string): string => field.charAt(0).toUpperCase() + field.slice(1);

/** The codicon of a button. */
export function fixIcon(fix: Fix): string {
  switch (fix.kind) {
    case 'addService':
      return 'add';
    case 'setSecret':
      return 'key';
    case 'editService':
    case 'editRequest':
      return 'edit';
    case 'sendWithoutCredentials':
      return 'circle-slash';
    case 'sendAgain':
      return 'refresh';
    case 'wait':
      return 'watch';
    case 'openLink':
      return 'link-external';
    case 'openSetting':
      return 'gear';
    case 'copyQuestion':
      return 'copy';
    default:
      return assertNever(fix);
  }
}

function editLabel(at: Extract<Fix, { kind: 'editService' }>['at'], name: string): string {
  switch (at) {
    case 'baseUrl':
      return t('Correct the Address of {0}', name);
    case 'auth':
      return t('Change How {0} Authenticates', name);
    case 'tls':
      return t('Certificate Check of {0}', name);
    case 'test':
      return t('Change the Test of {0}', name);
    default:
      return assertNever(at);
  }
}

function requestLabel(at: Extract<Fix, { kind: 'editRequest' }>['at']): string {
  switch (at) {
    case 'authorization':
      return t('Go to the Credential in the Request');
    case 'noAuthDirective':
      return t('Go to # @no-auth');
    case 'url':
      return t('Go to the Address in the Request');
    case 'header':
      return t('Go to the Request');
    default:
      return assertNever(at);
  }
}
