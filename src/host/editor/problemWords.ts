import * as vscode from 'vscode';
import type { UnsupportedFeature } from '../../core/language/ast';
import type { Problem } from '../../core/language/problems';
import { assertNever } from '../../core/util/assertNever';

const named = (codePoint: number): string => `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;

/** A problem of a document as a sentence that says what is wrong and the way out. */
export function problemMessage(problem: Problem): string {
  const t = vscode.l10n.t;
  switch (problem.code) {
    case 'missing-url':
      return t(
        'A URL is missing here, for example https://api.example.com/things, or a path such as /things with # @service above.',
      );
    case 'unknown-method':
      return t('"{0}" is not a request method. There are: {1}.', problem.text, problem.known.join(', '));
    case 'bad-url':
      return t('This is not a URL: "{0}".', problem.text);
    case 'bad-url-character':
      return t(
        'The URL has a character no URL may have, {1}, at position {0}.',
        problem.position + 1,
        named(problem.codePoint),
      );
    case 'unsupported-scheme':
      return t('Latchkey sends http:// and https:// requests, not {0}:.', problem.scheme);
    case 'relative-url':
      return t(
        '"{0}" is only a path. Write # @service ID above the request, a Host header, or the whole URL.',
        problem.text,
      );
    case 'missing-separator':
      return problem.place === 'body'
        ? t('This looks like another request, but it is sent as part of the body above. Put a line ### before it.')
        : t('This looks like another request. Put a line ### before it.');
    case 'indented-separator':
      return t('A separator begins at the start of its line; this one is taken as one all the same.');
    case 'no-request':
      return t('There is no request here to send. Place the cursor in a request.');
    case 'bad-header':
      return t(
        'This is not a header: "{0}". Write it as Name: value, or leave an empty line before the body.',
        problem.text,
      );
    case 'bad-header-value':
      return t(
        'The value of {0} has a character no header may have, {2}, at position {1}.',
        problem.name,
        problem.position + 1,
        named(problem.codePoint),
      );
    case 'bad-variable':
      return t('This is not a variable: "{0}". Write it as @name = value.', problem.text);
    case 'unclosed-reference':
      return t('These two braces are not closed on the same line.');
    case 'empty-reference':
      return t('The name of a variable is missing between the braces.');
    case 'bad-reference':
      return t('"{0}" cannot be used like this. Write it as {1}.', problem.expression, problem.usage);
    case 'duplicate-name':
      return t('Another request of this file is named "{0}" already.', problem.name);
    case 'duplicate-variable':
      return t(
        'The variable "{0}" is defined twice in this file. A request takes the nearest definition above it.',
        problem.name,
      );
    case 'unresolved-variable':
      return problem.suggestion === undefined
        ? t('The variable "{0}" has no value. Define it with @{0} = value.', problem.name)
        : t('The variable "{0}" has no value. Did you mean "{1}"?', problem.name, problem.suggestion);
    case 'ambiguous-variable':
      return t(
        'The variable "{0}" is defined several times, and only below. Define it once, or above this request.',
        problem.name,
      );
    case 'variable-cycle':
      return t('These variables need one another: {0}.', [...problem.names, problem.names[0] ?? ''].join(' → '));
    case 'expansion-limit':
      return problem.limit === 'depth'
        ? t('Variables refer to one another more than {0} deep here.', problem.maximum)
        : t('The value grows beyond {0} characters here.', problem.maximum);
    case 'unknown-service': {
      if (problem.suggestion !== undefined)
        return t('No service has the id "{0}". Did you mean "{1}"?', problem.id, problem.suggestion);
      return problem.known.length > 0
        ? t('No service has the id "{0}". There are: {1}.', problem.id, problem.known.join(', '))
        : t('No service has the id "{0}". Add one with Latchkey: Add Service…', problem.id);
    }
    case 'unknown-secret-field': {
      const { service, field, known, suggestion } = problem;
      if (known.length === 0) return t('The type of authentication of "{0}" has no secret.', service);
      if (suggestion !== undefined)
        return t('"{0}" has no secret called "{1}". Did you mean "{2}"?', service, field ?? '', suggestion);
      return t('"{0}" has no secret called "{1}". It has: {2}.', service, field ?? '', known.join(', '));
    }
    case 'bad-directive':
      return t('@{0} is written as {1}.', problem.name, problem.usage);
    case 'unknown-directive':
      return problem.suggestion === undefined
        ? t('@{0} means nothing to Latchkey and is taken as a comment.', problem.name)
        : t('There is no directive @{0}. Did you mean @{1}?', problem.name, problem.suggestion);
    case 'duplicate-directive':
      return t('@{0} stands here twice.', problem.name);
    case 'misplaced-credential':
      return misplaced(problem.place);
    case 'unclosed-comment':
      return t('This comment has no end: */ is missing.');
    case 'not-supported-yet':
      return t(
        '{0} does not run in this version, so the request is not sent: {1}',
        featureName(problem.feature),
        problem.text,
      );
    default:
      return assertNever(problem);
  }
}

function misplaced(place: (Problem & { code: 'misplaced-credential' })['place']): string {
  const t = vscode.l10n.t;
  switch (place) {
    case 'host':
      return t('A credential cannot be part of the host.');
    case 'user-info':
      return t('A credential cannot stand in front of the host. Use the type of authentication Basic in the service.');
    case 'header-name':
      return t('A credential cannot be part of a header name.');
    case 'method':
      return t('A credential cannot be a method.');
    case 'basic':
      return t('A credential cannot be put into Basic here. Use the type of authentication Basic in the service.');
    default:
      return assertNever(place);
  }
}

function featureName(feature: UnsupportedFeature): string {
  const t = vscode.l10n.t;
  switch (feature) {
    case 'input-file':
      return t('A body from a file');
    case 'pre-request-script':
      return t('A script before the request');
    case 'response-handler':
      return t('A response handler');
    case 'response-file':
      return t('Writing the response to a file');
    case 'script-block':
      return t('A script block');
    case 'assert':
      return t('An assertion');
    case 'curl':
      return t('A curl command');
    case 'run':
      return t('Running or importing another file');
    case 'directive':
      return t('This directive');
    case 'graphql':
      return t('A GraphQL request');
    case 'protocol':
      return t('This protocol');
    case 'system-variable':
      return t('This system variable');
    case 'request-variable':
      return t('A value from another response');
    case 'authorization':
      return t('This form of Authorization');
    default:
      return assertNever(feature);
  }
}
