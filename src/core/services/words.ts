import * as l10n from '@vscode/l10n';
import { fieldProblemMessage } from '../auth/words';
import { assertNever } from '../util/assertNever';
import type { BaseUrlProblem } from './baseUrl';
import type { ServiceProblem, ServiceProblemDetail } from './problem';

/** Why a text cannot be a base URL, and what to do. */
export function baseUrlProblemMessage(problem: BaseUrlProblem): string {
  switch (problem.code) {
    case 'empty':
      return l10n.t('An address is needed, for example https://api.example.com/v1.');
    case 'not-a-url':
      return l10n.t('This is not an address. Write it like https://api.example.com/v1, without spaces or line ends.');
    case 'no-scheme':
      return l10n.t('The beginning is missing: {0}', problem.suggestion);
    case 'not-http':
      return l10n.t('"{0}" cannot be called from here. The address starts with https:// or http://.', problem.scheme);
    case 'has-credentials':
      return l10n.t(
        'There is a user name or password in the address. Leave it out and enter it as Basic authentication: only there it is kept secret.',
      );
    case 'has-query':
      return l10n.t('Leave out the question mark and what follows. A key in the query is the type "API Key in query".');
    case 'has-fragment':
      return l10n.t('Leave out the # and what follows: it is never sent.');
    case 'has-variable':
      return l10n.t(
        'A base URL is fixed, because the secret is bound to its origin. Add one service for each address.',
      );
    default:
      return assertNever(problem);
  }
}

/** What to say of http to anything but this machine. */
export function insecureBaseUrlMessage(): string {
  return l10n.t(
    'With http:// the credential travels unencrypted: everyone on the way can read it. Use https:// if the API has it.',
  );
}

/** What is wrong with a definition, where, and what to do. */
export function serviceProblemMessage(problem: ServiceProblem): string {
  const { path, detail } = problem;
  const what = detailMessage(detail);
  return path.length === 0 ? what : l10n.t('{0}: {1}', path.join(' › '), what);
}

function detailMessage(detail: ServiceProblemDetail): string {
  switch (detail.code) {
    case 'not-an-object':
      return l10n.t('There must be an object here: { … }.');
    case 'bad-id':
      return l10n.t(
        'An id has 1 to 64 lower-case letters, digits, dots, underscores or dashes and starts with a letter or digit, for example "{0}".',
        detail.suggestion,
      );
    case 'missing-key':
      return l10n.t('"{0}" is missing.', detail.key);
    case 'wrong-type':
      return detail.expected === 'text'
        ? l10n.t('There must be a text here.')
        : l10n.t('There must be true or false here.');
    case 'empty':
      return l10n.t('This must not be empty.');
    case 'bad-base-url':
      return baseUrlProblemMessage(detail.problem);
    case 'unknown-scheme':
      return orMeant(l10n.t('There is no such scheme. Use one of: {0}.', detail.known.join(', ')), detail.meant);
    case 'bad-field':
      return fieldProblemMessage(detail.problem, { name: '', choices: detail.choices });
    case 'bad-test':
      return l10n.t(
        'Write a method and a path below the base URL, for example "GET /me". Until then the base URL itself is tested.',
      );
    case 'unknown-key':
      return orMeant(l10n.t('This key has no meaning here. Known are: {0}.', detail.known.join(', ')), detail.meant);
    case 'secret-in-settings':
      return l10n.t(
        'There is a secret in the settings, which are plain text and may be shared. Delete it here, then run "Latchkey: Set or Replace Secret…". If this file was committed or shared, the secret should be replaced at the API.',
      );
    case 'shadowed':
      return l10n.t('The workspace defines a service with this id, too. Here in this workspace that one counts.');
    default:
      return assertNever(detail);
  }
}

function orMeant(sentence: string, meant: string | undefined): string {
  return meant === undefined ? sentence : l10n.t('{0} Did you mean "{1}"?', sentence, meant);
}
