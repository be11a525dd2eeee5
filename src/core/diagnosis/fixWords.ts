import * as l10n from '@vscode/l10n';
import { assertNever } from '../util/assertNever';
import type { Fix } from './fix';

const t = l10n.t;

/** The name of a service by its id; undefined where it is gone, then the id itself is shown. */
export type ServiceNames = (id: string) => string | undefined;

/** What the button says, e.g. `Replace token…`. Three dots where it asks for something first. */
export function fixLabel(fix: Fix, names: ServiceNames): string {
  switch (fix.kind) {
    case 'addService':
      return fix.baseUrl === '' ? t('Add service…') : t('Add service for {0}…', fix.baseUrl);
    case 'setSecret': {
      const name = names(fix.service) ?? fix.service;
      return fix.replace ? t('Replace {0} of {1}…', fix.field, name) : t('Set {0} of {1}…', fix.field, name);
    }
    case 'editService':
      return editLabel(fix.at, names(fix.service) ?? fix.service);
    case 'sendWithoutCredentials':
      return t('Send without credentials');
    case 'sendAgain':
      return t('Send again');
    case 'wait':
      return t('Send again');
    case 'openLink':
      return fix.what === 'help' ? t("Open the API's help") : t('Open the sign-in page');
    case 'openSetting':
      return t('Open setting {0}', fix.key);
    case 'editRequest':
      return requestLabel(fix.at);
    case 'copyQuestion':
      return t("Copy a question for the API's owner");
    default:
      return assertNever(fix);
  }
}

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
      return t('Correct the address of {0}', name);
    case 'auth':
      return t('Change how {0} authenticates', name);
    case 'tls':
      return t('Certificate check of {0}', name);
    case 'test':
      return t('Change the test of {0}', name);
    default:
      return assertNever(at);
  }
}

function requestLabel(at: Extract<Fix, { kind: 'editRequest' }>['at']): string {
  switch (at) {
    case 'authorization':
      return t('Go to the credential in the request');
    case 'noAuthDirective':
      return t('Go to `# @no-auth`');
    case 'url':
      return t('Go to the address in the request');
    case 'header':
      return t('Go to the request');
    default:
      return assertNever(at);
  }
}
