import * as l10n from '@vscode/l10n';
import { assertNever } from '../util/assertNever';
import type { Action, Cause } from './cause';
import { credentialNoun } from './credentialWords';

const t = l10n.t;

/** What to do next, in one sentence. */
export function advice({ action, data }: Cause): string | undefined {
  const noun = credentialNoun(data['credential']);
  const step: Action = action ?? 'none';
  switch (step) {
    case 'set-credential':
      return t('Set the credential, then send again.');
    case 'fix-credential-format':
      return t('Enter the {0} again, exactly as the API gave it.', noun);
    case 'replace-credential':
      return t('Get a {0} that fits from the API and enter it.', noun);
    case 'refresh-or-sign-in-again':
      return t('Get a new {0} by signing in again, then enter it.', noun);
    case 'change-scheme':
      return t('Change how the service authenticates.');
    case 'add-scope':
      return t('Add the scope or permission where the {0} was made, then use the new one.', noun);
    case 'ask-for-permission':
      return t('Ask the owner of the API or of the account to allow it.');
    case 'fix-clock':
      return t('Check the date and time of the computer that made it, or wait and send again.');
    case 'fix-host':
      return t('Correct the address.');
    case 'add-client-certificate':
      return t('Ask the owner of the API for a client certificate.');
    case 'configure-proxy':
      return t('Check the user name and password of the proxy in the setting http.proxy.');
    case 'wait-and-retry':
      return t('Wait, then send again.');
    case 'enable-account':
      return t('Look at the account, its plan and its billing at the vendor.');
    case 'follow-vendor-link':
      return t('Follow the link the API gives.');
    case 'none':
      return undefined;
    default:
      return assertNever(step);
  }
}
