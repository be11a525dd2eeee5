import * as vscode from 'vscode';
import { fieldLabel } from '../core/auth/words';
import type { Fix } from '../core/diagnosis/fix';
import { panelWords } from '../core/diagnosis/panelWords';
import { questionText } from '../core/diagnosis/question';
import { fixIcon, fixLabel, shortCause } from '../core/diagnosis/words';
import { decodeText } from '../core/http/contentType';
import { getHeader } from '../core/http/headers';
import type { HttpResponse } from '../core/http/message';
import type { Core } from '../core/index';
import { LineIndex } from '../core/language/span';
import { createRedactor, fromStore, splitAtMarks } from '../core/redaction/redact';
import type { Redacted } from '../core/redaction/redacted';
import type { RunOutcome } from '../core/run/outcome';
import type { Progress } from '../core/transport/options';
import { assertNever } from '../core/util/assertNever';
import { buildDoneState, fixAt } from '../protocol/buildPanelState';
import type { DoneState, FixButton, NotSentState, PanelState, Segment } from '../protocol/panelState';
import { problemMessage } from './editor/problemWords';
import type { ResponsePanel } from './panel/panel';
import type { SendTarget } from './sending';

/** What a panel shows, and what its buttons do. */
export interface Shown {
  readonly target: SendTarget;
  readonly outcome: RunOutcome;
}

/** Makes what the panel shows of what came of a request, and remembers for each panel what its buttons mean. */
export class Presenter {
  readonly #core: Core;
  readonly #shown = new WeakMap<ResponsePanel, Shown>();
  /** For texts that come from the document: nothing of the vault is in them, but a person may have written a secret. */
  readonly #byName = createRedactor([], () => undefined);

  constructor(core: Core) {
    this.#core = core;
  }

  /** e.g. `Who am I?`, `GET /me`, `Test of SendGrid`. */
  title(target: SendTarget): string {
    if (target.kind === 'test') return vscode.l10n.t('Test of {0}', target.service.name);
    const { name } = target.request;
    if (name) return this.#byName.text(name.text);
    return this.#line(target);
  }

  /** The state while a request is under way. */
  sending(target: SendTarget, startedAt: number, progress: Progress | undefined): Redacted<PanelState> {
    return this.#byName.value<PanelState>({
      phase: 'sending',
      title: this.title(target),
      line: this.#line(target),
      startedAt,
      progress: progress ? this.progress(progress) : vscode.l10n.t('Preparing…'),
    });
  }

  /** What is happening, in words. */
  progress(progress: Progress): string {
    const t = vscode.l10n.t;
    switch (progress.phase) {
      case 'connecting':
        return t('Connecting…');
      case 'sending':
        return t('Sending…');
      case 'waiting':
        return t('Waiting for the response…');
      case 'downloading': {
        const kilobytes = (bytes: number): number => Math.round(bytes / 1024);
        return progress.totalBytes === undefined
          ? t('Receiving… {0} KB', kilobytes(progress.bytes))
          : t('Receiving… {0} of {1} KB', kilobytes(progress.bytes), kilobytes(progress.totalBytes));
      }
      default:
        return assertNever(progress);
    }
  }

  /** The state an outcome is shown with. `earlier` is what the panel showed before: kept below when nothing was sent. */
  outcome(target: SendTarget, outcome: RunOutcome, earlier: Redacted<PanelState> | undefined): Redacted<PanelState> {
    if (outcome.kind !== 'finished') return this.#notSent(target, outcome, earlier);
    const { exchange, diagnosis, marks } = outcome.finished;
    return buildDoneState({
      title: this.title(target),
      exchange,
      diagnosis,
      marks,
      canSendAgain: true,
      words: panelWords((id) => this.#core.services.get(id)?.name),
      split: splitAtMarks,
      decode: decodeText,
    });
  }

  /** Remembers what a panel now shows. */
  remember(panel: ResponsePanel, target: SendTarget, outcome: RunOutcome): void {
    this.#shown.set(panel, { target, outcome });
  }

  shownIn(panel: ResponsePanel): Shown | undefined {
    return this.#shown.get(panel);
  }

  /** The fix a button of the panel stands for. */
  fix({ outcome }: Shown, id: string): Fix | undefined {
    return outcome.kind === 'finished' ? fixAt(outcome.finished.diagnosis, id) : this.#fixesOf(outcome)[Number(id)];
  }

  /** An outcome in one line, for a notification: the first cause in the panel's own words. */
  oneLine(target: SendTarget, outcome: RunOutcome): string {
    const t = vscode.l10n.t;
    const title = this.title(target);
    if (outcome.kind !== 'finished') return t('{0}: not sent', title);
    const { exchange, diagnosis } = outcome.finished;
    const cause = diagnosis.causes[0];
    const end = exchange.outcome;
    const status = end.kind === 'response' ? `${end.response.status} ${end.response.statusText}`.trim() : '';
    return [`${title}: ${status}`.trim(), ...(cause ? [shortCause(cause.code)] : [])].join(' · ');
  }

  /** A question for the API's owner about what a panel shows. */
  question({ outcome }: Shown): string {
    return outcome.kind === 'finished' ? questionText(outcome.finished.exchange, outcome.finished.diagnosis) : '';
  }

  /** The body as text for an editor of its own, laid out for reading where the panel did that, and its language id. */
  bodyText(response: HttpResponse, laidOut: string | undefined): { readonly text: string; readonly language: string } {
    const type = getHeader(response.headers, 'Content-Type') ?? '';
    const text = laidOut ?? decodeText(response.body.bytes, type).text;
    const language = /[/+]json\b/i.test(type)
      ? 'json'
      : /html/i.test(type)
        ? 'html'
        : /[/+]xml\b/i.test(type)
          ? 'xml'
          : 'plaintext';
    return { text, language };
  }

  /** Redacted text for the clipboard. */
  copyOf(state: DoneState, what: 'body' | 'headers' | 'request'): string {
    const text = (segments: readonly Segment[]): string => segments.map((segment) => segment.text).join('');
    const lines = (rows: DoneState['headers']): string[] => rows.map((row) => `${row.name}: ${text(row.value)}`);
    switch (what) {
      case 'body':
        return state.body.pretty ?? state.body.raw;
      case 'headers':
        return lines(state.headers).join('\n');
      case 'request': {
        const { line, headers, body } = state.request;
        return [text(line), ...lines(headers), ...(body ? ['', text(body.text)] : [])].join('\n');
      }
      default:
        return assertNever(what);
    }
  }

  /** After a reload: whether the request arrived is not known. */
  interrupted(title: string): Redacted<PanelState> {
    return this.#byName.value<PanelState>({
      phase: 'notSent',
      title,
      headline: vscode.l10n.t('The window was reloaded while this request was under way.'),
      details: [vscode.l10n.t('It may have reached the server. Send it again from its file to see the response.')],
      fixes: [],
    });
  }

  /** After a bug of ours: says so, and keeps what was shown before. */
  broken(target: SendTarget, earlier: Redacted<PanelState> | undefined): Redacted<PanelState> {
    return this.#withEarlier(
      {
        phase: 'notSent',
        title: this.title(target),
        headline: vscode.l10n.t('Something went wrong inside Latchkey, and there is no response to show.'),
        details: [vscode.l10n.t('The request may have been sent. The log (Latchkey: Show Log) says more.')],
        fixes: [],
      },
      earlier,
    );
  }

  /** Takes a state that the page kept over a reload: it was redacted when it was sent there. */
  kept(state: PanelState): Redacted<PanelState> {
    return fromStore(state);
  }

  #line(target: SendTarget): string {
    if (target.kind === 'test')
      return `${target.service.test.method} ${target.service.baseUrl}${target.service.test.path}`;
    const { line } = target.request;
    if (!line) return '';
    // Without the query: a secret may be written there, and nobody knows yet which value is one.
    const [address = ''] = oneLine(target.parsed.text.slice(line.span.start, line.span.end)).split('?');
    return this.#byName.text(address.trim());
  }

  #notSent(
    target: SendTarget,
    outcome: Exclude<RunOutcome, { kind: 'finished' }>,
    earlier: Redacted<PanelState> | undefined,
  ): Redacted<PanelState> {
    const state: NotSentState = {
      phase: 'notSent',
      title: this.title(target),
      ...this.#reason(target, outcome),
      fixes: this.#fixesOf(outcome).map((fix, at): FixButton => ({
        id: String(at),
        label: fixLabel(fix, (id) => this.#core.services.get(id)?.name),
        icon: fixIcon(fix),
        primary: at === 0,
      })),
    };
    return this.#withEarlier(state, earlier);
  }

  /** What was shown before is redacted already; to redact it once more would only cost time. */
  #withEarlier(state: NotSentState, earlier: Redacted<PanelState> | undefined): Redacted<PanelState> {
    const made = this.#byName.value<NotSentState>(state);
    const before = earlier?.phase === 'done' ? earlier : earlier?.phase === 'notSent' ? earlier.earlier : undefined;
    return (before ? { ...made, earlier: before } : made) as Redacted<PanelState>;
  }

  #reason(
    target: SendTarget,
    outcome: Exclude<RunOutcome, { kind: 'finished' }>,
  ): { readonly headline: string; readonly details: readonly string[] } {
    const t = vscode.l10n.t;
    switch (outcome.kind) {
      case 'problems': {
        const lines = target.kind === 'request' ? new LineIndex(target.parsed.text) : undefined;
        const details = outcome.problems.map((problem) =>
          t('Line {0}: {1}', (lines?.positionAt(problem.span.start).line ?? 0) + 1, problemMessage(problem)),
        );
        return { headline: t('Nothing was sent: the request is not complete.'), details };
      }
      case 'secretMissing': {
        const fields = outcome.fields.map((field) => fieldLabel(outcome.service.scheme, field)).join(', ');
        return {
          headline: t('Nothing was sent: {0} has no secret yet.', outcome.service.name),
          details: [
            t(
              "Needed: {0}. It is kept in VS Code's secret storage and goes to {1} only.",
              fields,
              outcome.service.origin,
            ),
          ],
        };
      }
      case 'originUnconfirmed':
        return {
          headline: t(
            'Nothing was sent: the secret of {0} was not given for {1}.',
            outcome.service.name,
            outcome.origin,
          ),
          details: [
            t(
              'It was given for {0}. Send again to be asked whether it may go to the new address too.',
              outcome.boundTo.join(', '),
            ),
          ],
        };
      case 'tlsUnconfirmed':
        return {
          headline: t(
            'Nothing was sent: this workspace wants {0} called without checking its certificate.',
            outcome.origin,
          ),
          details: [t('Send again to be asked, or turn the check on in the service.')],
        };
      case 'vaultFailed':
        return {
          headline: t(
            "Nothing was sent: VS Code's secret storage did not give the secret of {0}.",
            outcome.service.name,
          ),
          details: [
            outcome.detail,
            t('Nothing was lost. Unlock your keyring if it is locked, then send again, or enter the secret anew.'),
          ],
        };
      default:
        return assertNever(outcome);
    }
  }

  #fixesOf(outcome: Exclude<RunOutcome, { kind: 'finished' }>): readonly Fix[] {
    switch (outcome.kind) {
      case 'problems':
        return [{ kind: 'editRequest', at: 'url' }, { kind: 'sendAgain' }];
      case 'secretMissing':
        return [
          { kind: 'setSecret', service: outcome.service.id, field: outcome.fields[0] ?? '', replace: false },
          { kind: 'sendWithoutCredentials' },
        ];
      case 'originUnconfirmed':
        return [
          { kind: 'sendAgain' },
          { kind: 'sendWithoutCredentials' },
          { kind: 'editService', service: outcome.service.id, at: 'baseUrl' },
        ];
      case 'tlsUnconfirmed':
        return [{ kind: 'sendAgain' }, { kind: 'editService', service: outcome.service.id, at: 'tls' }];
      case 'vaultFailed':
        return [
          { kind: 'sendAgain' },
          { kind: 'setSecret', service: outcome.service.id, field: outcome.field, replace: true },
          { kind: 'sendWithoutCredentials' },
        ];
      default:
        return assertNever(outcome);
    }
  }
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, 200);
