import * as vscode from 'vscode';
import type { Core } from '../../core/index';
import { hoverAt, type Hover } from '../../core/language/features/hover';
import { assertNever } from '../../core/util/assertNever';
import { toRange } from '../convert';
import { LANGUAGE, type Documents } from '../documents';
import { problemMessage } from './problemWords';

/** What stands behind a variable, a directive or a credential reference. Never the value of a credential. */
export function registerHover(core: Core, documents: Documents): vscode.Disposable {
  const provider: vscode.HoverProvider = {
    provideHover: (document, position) => {
      const services = core.services.all.map((service) => service.id);
      const context = { dynamic: core.dynamic, services };
      const found = hoverAt(documents.parse(document), document.offsetAt(position), context);
      return found && new vscode.Hover(words(core, document, found), toRange(document, found.span));
    },
  };
  return vscode.languages.registerHoverProvider({ language: LANGUAGE }, provider);
}

function words(core: Core, document: vscode.TextDocument, hover: Hover): vscode.MarkdownString[] {
  const t = vscode.l10n.t;
  switch (hover.kind) {
    case 'variable': {
      const line = hover.definition && document.positionAt(hover.definition.start).line + 1;
      return [
        code(hover.value),
        text(line === undefined ? t('from {0}', hover.source) : t('defined in line {0}', line)),
      ];
    }
    case 'system':
      return [code(hover.usage), text(t('made anew for each request, for example {0}', hover.example))];
    case 'credential': {
      const name = core.services.get(hover.service)?.name;
      if (name === undefined) return [text(t('There is no service with the id "{0}".', hover.service))];
      const what = hover.field ?? t('credential');
      return [
        text(
          t('The {0} of {1}, put in when the request is sent, and only to the origins it was given for.', what, name),
        ),
      ];
    }
    case 'directive':
      return [code(hover.usage), text(directiveWords(core, hover))];
    case 'problem':
      return [text(problemMessage(hover.problem))];
    default:
      return assertNever(hover);
  }
}

function directiveWords(core: Core, hover: Hover & { kind: 'directive' }): string {
  const t = vscode.l10n.t;
  switch (hover.name) {
    case 'service': {
      const service = core.services.get(hover.argument);
      return service
        ? t('Sends with {0}: {1}. A path is put behind that address.', service.name, service.baseUrl)
        : t('There is no service with the id "{0}".', hover.argument);
    }
    case 'no-auth':
      return t('Sends this request without any credential.');
    case 'name':
      return t('Names this request.');
    case 'timeout':
      return t('How long this request may take, redirects and body included.');
    case 'no-redirect':
      return t('Shows a redirect instead of following it.');
    default:
      return hover.support === 'not-yet'
        ? t('Does not run in this version, so the request is not sent.')
        : t('A note for people; it changes nothing that is sent.');
  }
}

const code = (value: string): vscode.MarkdownString => new vscode.MarkdownString().appendCodeblock(value, 'text');
const text = (value: string): vscode.MarkdownString => new vscode.MarkdownString().appendText(value);
