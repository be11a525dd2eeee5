import * as vscode from 'vscode';
import type { Core } from '../../core/index';
import { documentProblems } from '../../core/language/features/diagnostics';
import type { Severity } from '../../core/language/problems';
import { DisposableOwner } from '../../core/util/disposable';
import { toRange } from '../convert';
import { LANGUAGE, type Documents } from '../documents';
import { problemMessage } from './problemWords';

const severities: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  error: vscode.DiagnosticSeverity.Error,
  warning: vscode.DiagnosticSeverity.Warning,
  hint: vscode.DiagnosticSeverity.Information,
};

/** Milliseconds the typing has to pause before the Problems are worked out anew. */
const PAUSE = 200;

/** The problems of open `.http` documents, kept up to date with their text and with the services there are. */
export class Diagnostics extends DisposableOwner {
  readonly #core: Core;
  readonly #documents: Documents;
  readonly #collection = this.register(vscode.languages.createDiagnosticCollection('latchkey'));
  readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(core: Core, documents: Documents) {
    super();
    this.#core = core;
    this.#documents = documents;
    this.register(vscode.workspace.onDidOpenTextDocument((document) => this.#update(document)));
    this.register(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#later(document)));
    this.register(vscode.workspace.onDidCloseTextDocument((document) => this.#forget(document)));
    this.register(core.services.onDidChange(() => this.#updateAll()));
    this.register({ dispose: () => this.#waiting.forEach((timer) => clearTimeout(timer)) });
    this.#updateAll();
  }

  #updateAll(): void {
    vscode.workspace.textDocuments.forEach((document) => this.#update(document));
  }

  #later(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.set(
      key,
      setTimeout(() => {
        this.#waiting.delete(key);
        this.#update(document);
      }, PAUSE),
    );
  }

  #forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    clearTimeout(this.#waiting.get(key));
    this.#waiting.delete(key);
    this.#collection.delete(document.uri);
  }

  #update(document: vscode.TextDocument): void {
    if (document.languageId !== LANGUAGE || document.isClosed) return;
    const services = this.#core.services.all.map((service) => service.id);
    const secretFields = (id: string): readonly string[] | undefined => {
      const service = this.#core.services.get(id);
      return service && this.#core.vault.fields(service);
    };
    const found = documentProblems(this.#documents.parse(document), { services, secretFields });
    this.#collection.set(
      document.uri,
      found.map(({ problem, severity }) => {
        const diagnostic = new vscode.Diagnostic(
          toRange(document, problem.span),
          problemMessage(problem),
          severities[severity],
        );
        diagnostic.source = 'Latchkey';
        diagnostic.code = problem.code;
        return diagnostic;
      }),
    );
  }
}
