import * as vscode from 'vscode';
import { schemeById } from '../../core/auth/schemes';
import type { Core } from '../../core/index';
import { completionsAt, type CompletionKind } from '../../core/language/features/completions';
import { toRange } from '../convert';
import { LANGUAGE, type Documents } from '../documents';

const kinds: Readonly<Record<CompletionKind, vscode.CompletionItemKind>> = {
  method: vscode.CompletionItemKind.Keyword,
  header: vscode.CompletionItemKind.Field,
  value: vscode.CompletionItemKind.Value,
  directive: vscode.CompletionItemKind.Keyword,
  service: vscode.CompletionItemKind.Module,
  variable: vscode.CompletionItemKind.Variable,
  system: vscode.CompletionItemKind.Function,
  credential: vscode.CompletionItemKind.Reference,
};

/** Completion of methods, headers, directives, services and variables; what it offers is the core's business. */
export function registerCompletion(core: Core, documents: Documents): vscode.Disposable {
  const provider: vscode.CompletionItemProvider = {
    provideCompletionItems: (document, position) => {
      const services = core.services.all.map(({ id, name, scheme }) => ({
        id,
        name,
        fields: (schemeById(scheme)?.fields ?? []).filter((field) => field.secret).map((field) => field.name),
      }));
      const found = completionsAt(documents.parse(document), document.offsetAt(position), { services });
      return found.map((completion, index) => {
        const item = new vscode.CompletionItem(completion.label, kinds[completion.kind]);
        item.insertText = completion.insert;
        item.detail = completion.detail;
        item.range = toRange(document, completion.replace);
        // The core's order is the order of use.
        item.sortText = String(index).padStart(5, '0');
        return item;
      });
    },
  };
  return vscode.languages.registerCompletionItemProvider({ language: LANGUAGE }, provider, '@', '{', ' ', ':', '$');
}
