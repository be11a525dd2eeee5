import * as l10n from '@vscode/l10n';
import type { Question, Refusal, Repair } from './paste';
import type { Field, FieldProblem, SchemeSettings } from './scheme';
import { assertNever } from '../util/assertNever';

/*
 * The words of this folder: codes in, sentences out. Each table is read through a function, because the language is known
 * only after the editor's bundle is loaded. A code without an entry shows itself.
 */

/** e.g. `Bearer`: how a scheme is called in the view and the CodeLens. */
export function schemeName(scheme: string): string {
  const names: Record<string, string> = {
    bearer: l10n.t('Bearer'),
    basic: l10n.t('Basic'),
    apiKey: l10n.t('API Key'),
    none: l10n.t('No authentication'),
  };
  return names[scheme] ?? scheme;
}

/** An entry of the drop-down of schemes, by its code. */
export function choiceLabel(code: string): string {
  const labels: Record<string, string> = {
    bearer: l10n.t('Bearer Token'),
    basic: l10n.t('Basic'),
    'apiKey.header': l10n.t('API Key in header'),
    'apiKey.query': l10n.t('API Key in query'),
    'apiKey.cookie': l10n.t('API Key in cookie'),
    none: l10n.t('None'),
  };
  return labels[code] ?? code;
}

/** What an entry of the drop-down sends. */
export function choiceDetail(code: string): string {
  const details: Record<string, string> = {
    bearer: l10n.t('Authorization: Bearer <token>. Access tokens, personal access tokens, many API keys.'),
    basic: l10n.t('Authorization: Basic <user name and password>.'),
    'apiKey.header': l10n.t('A header of its own, such as X-API-Key: <key>.'),
    'apiKey.query': l10n.t('A parameter in the address, such as ?api_key=<key>.'),
    'apiKey.cookie': l10n.t('A cookie, such as session=<key>.'),
    none: l10n.t('Sends no credential; the service only gives its address.'),
  };
  return details[code] ?? '';
}

const fieldLabels = (): Record<string, string> => ({
  token: l10n.t('Token'),
  username: l10n.t('User name'),
  password: l10n.t('Password'),
  in: l10n.t('Where the key goes'),
  name: l10n.t('Name'),
  key: l10n.t('API key'),
});

/** e.g. `User name`. */
export function fieldLabel(scheme: string, field: string, settings: SchemeSettings = {}): string {
  if (scheme === 'apiKey' && field === 'name') return nameLabel(settings);
  return fieldLabels()[field] ?? field;
}

function nameLabel(settings: SchemeSettings): string {
  switch (settings['in']) {
    case 'header':
      return l10n.t('Name of the header');
    case 'query':
      return l10n.t('Name of the query parameter');
    case 'cookie':
      return l10n.t('Name of the cookie');
    default:
      return l10n.t('Name');
  }
}

/** What the form asks. */
export function fieldPrompt(scheme: string, field: string, settings: SchemeSettings = {}): string {
  switch (`${scheme}.${field}`) {
    case 'bearer.token':
      return l10n.t('Paste the token. It goes into the secret storage of VS Code, never into a file of yours.');
    case 'basic.username':
      return l10n.t('User name. It is kept in the settings; only the password is secret.');
    case 'basic.password':
      return l10n.t('Password. It goes into the secret storage of VS Code, never into a file of yours.');
    case 'apiKey.in':
      return l10n.t('Where does the API expect the key?');
    case 'apiKey.name':
      return l10n.t('{0}, as the documentation of the API writes it.', nameLabel(settings));
    case 'apiKey.key':
      return l10n.t('Paste the API key. It goes into the secret storage of VS Code, never into a file of yours.');
    default:
      return fieldLabel(scheme, field, settings);
  }
}

/** A grey example in the empty field; empty where none helps. */
export function fieldPlaceholder(scheme: string, field: string, settings: SchemeSettings = {}): string {
  switch (`${scheme}.${field}`) {
    case 'bearer.token':
      return l10n.t('the token alone, without "Bearer"');
    case 'basic.username':
      return l10n.t('for example jane@example.com');
    case 'apiKey.name':
      return settings['in'] === 'header' ? 'X-API-Key' : 'api_key';
    default:
      return '';
  }
}

/** Why the value of a plain field cannot be used, and what to do. */
export function fieldProblemMessage(problem: FieldProblem, field: Pick<Field, 'name' | 'choices'>): string {
  switch (problem) {
    case 'empty':
      return l10n.t('{0} must not be empty.', fieldLabels()[field.name] ?? l10n.t('This'));
    case 'not-a-token':
      return l10n.t("A name like this has letters, digits and !#$%&'*+-.^_`|~ only, and no spaces.");
    case 'not-a-choice':
      return l10n.t('Use one of: {0}.', (field.choices ?? []).join(', '));
    case 'colon':
      return l10n.t(
        'A user name cannot hold a colon: Basic authentication ends the name there. Put the password into its own field.',
      );
    case 'control-character':
      return l10n.t('There is a tab, a line end or another control character in it. Take it out.');
    case 'reserved-name':
      return l10n.t(
        'This header belongs to the message itself and cannot carry a key. Use the name from the documentation of the API.',
      );
    default:
      return assertNever(problem);
  }
}

/** What was put right. */
export function repairMessage(repair: Repair): string {
  switch (repair.code) {
    case 'white-space':
      return l10n.t('The white space around it was taken away.');
    case 'line-ends':
      return l10n.t('The line end was taken away.');
    case 'quotes':
      return l10n.t('The quotes around it were taken away.');
    case 'trailing-punctuation':
      return l10n.t('The comma or semicolon at the end was taken away.');
    case 'prefix':
      return l10n.t('"{0}" in front was taken away.', repair.text);
    case 'curl':
      return l10n.t('The credential was taken out of the curl command.');
    case 'json':
      return l10n.t('The credential was taken out of the JSON text.');
    case 'user-and-password':
      return l10n.t('User name and password were taken from what you pasted.');
    case 'percent-decoded':
      return l10n.t('The percent-encoding of the address was undone.');
    default:
      return assertNever(repair);
  }
}

/** Why it is refused, and what to do. */
export function pasteRefusalMessage(refusal: Refusal): string {
  switch (refusal.code) {
    case 'empty':
      return l10n.t('Nothing is left to store. Paste the credential itself.');
    case 'other-scheme':
      return l10n.t(
        'This is a credential for the scheme "{0}". Choose that type of authentication, or paste the other credential.',
        refusal.text,
      );
    case 'invisible-character':
      return l10n.t(
        'Character {0} cannot be seen: {1} {2}. It came along when the text was copied; copy it again from the source.',
        refusal.position,
        refusal.codePoint,
        refusal.name,
      );
    case 'non-ascii':
      return l10n.t(
        'Character {0} cannot be part of it: {1} {2}. A program may have changed it; copy it again from the source.',
        refusal.position,
        refusal.codePoint,
        refusal.name,
      );
    case 'line-break-inside':
      return l10n.t(
        'There is a line break at character {0} ({1} {2}). Copy the credential again, in one line.',
        refusal.position,
        refusal.codePoint,
        refusal.name,
      );
    default:
      return assertNever(refusal);
  }
}

/** What looks like a mistake and may be meant. */
export function pasteQuestionMessage(question: Question): string {
  switch (question.code) {
    case 'placeholder':
      return l10n.t('This looks like a placeholder, not like a credential.');
    case 'outer-spaces':
      return l10n.t('The password begins or ends with a space. It is kept as it is.');
    case 'quotes':
      return l10n.t('The password stands in quotes. They are kept as part of it.');
    case 'space-inside':
      return l10n.t('There is a space in the middle. Hardly any token or key has one.');
    case 'starts-with-username':
      return l10n.t('The password begins with the user name and a colon. It is kept as it is.');
    case 'invisible-character':
      return l10n.t(
        'Character {0} of the password cannot be seen: {1} {2}. It is kept as it is.',
        question.position,
        question.codePoint,
        question.name,
      );
    default:
      return assertNever(question);
  }
}
