import * as vscode from 'vscode';
import type { Core } from '../../core/index';
import { requestLenses, type RequestLens } from '../../core/language/features/lenses';
import type { ParsedDocument } from '../../core/language/problems';
import { DisposableOwner } from '../../core/util/disposable';
import { command } from '../commands/ids';
import { placeOf } from '../commands/requestAtCursor';
import { toRange } from '../convert';
import { LANGUAGE, type Documents } from '../documents';
import type { Sending } from '../sending';
import { credentialWords, stateWords } from '../services/serviceState';

const MINUTE = 60_000;

/** A lens that is worded only when it comes into view: the vault is asked for visible requests alone. */
class ServiceLens extends vscode.CodeLens {
  constructor(
    range: vscode.Range,
    readonly parsed: ParsedDocument,
    readonly lens: RequestLens,
  ) {
    super(range);
  }
}

/** The CodeLens above each request: send or cancel it, and which service it will use in what state. */
export class Lenses extends DisposableOwner implements vscode.CodeLensProvider {
  readonly #core: Core;
  readonly #documents: Documents;
  readonly #sending: Sending;
  readonly #changed = this.register(new vscode.EventEmitter<void>());

  readonly onDidChangeCodeLenses = this.#changed.event;

  constructor(core: Core, documents: Documents, sending: Sending) {
    super();
    this.#core = core;
    this.#documents = documents;
    this.#sending = sending;
    const refresh = (): void => this.#changed.fire();
    this.register(core.services.onDidChange(refresh));
    this.register(core.vault.onDidChange(refresh));
    this.register(sending.onDidChange(refresh));
    const timer = setInterval(refresh, MINUTE);
    this.register({ dispose: () => clearInterval(timer) });
    this.register(vscode.languages.registerCodeLensProvider({ language: LANGUAGE }, this));
  }

  provideCodeLenses(document: vscode.TextDocument): vscode.CodeLens[] {
    const parsed = this.#documents.parse(document);
    return requestLenses(parsed).flatMap((lens) => {
      const range = toRange(document, lens.span);
      const place = placeOf(document, lens.index, lens.name);
      const underWay = this.#sending.underWay(place);
      const send =
        underWay === undefined
          ? command('latchkey.sendRequest', vscode.l10n.t('Send Request'), place)
          : command('latchkey.cancelRequest', vscode.l10n.t('$(sync~spin) Cancel'), underWay);
      return [new vscode.CodeLens(range, send), new ServiceLens(range, parsed, lens)];
    });
  }

  async resolveCodeLens(lens: vscode.CodeLens): Promise<vscode.CodeLens> {
    if (lens instanceof ServiceLens) lens.command = await this.#serviceCommand(lens);
    return lens;
  }

  async #serviceCommand({ parsed, lens }: ServiceLens): Promise<vscode.Command> {
    const t = vscode.l10n.t;
    const found = this.#core.serviceFor(parsed, lens.request);
    switch (found.kind) {
      case 'no-auth':
        return { title: t('no credential: # @no-auth'), command: '' };
      case 'written':
        return { title: t('credential written in the request'), command: '' };
      case 'unresolved':
        return { title: t('not complete yet'), command: '' };
      case 'unknown-service':
        return command('latchkey.addService', t('no service "{0}" · Add Service…', found.id), { name: found.id });
      case 'none':
        return command('latchkey.addService', t('no service for {0} · Add Service…', new URL(found.origin).host), {
          baseUrl: found.origin,
        });
      case 'service': {
        const { service } = found;
        const status = await this.#core.verification.status(service);
        const { kind } = status.state;
        if (kind === 'no-secret') {
          return command('latchkey.setSecret', t('{0} · no secret yet, set it', service.name), service.id);
        }
        const words = stateWords(status, this.#core.now());
        const title = `${service.name} · ${credentialWords(service, status)} · ${words.text}`;
        return command('latchkey.serviceActions', title, service.id);
      }
    }
  }
}
