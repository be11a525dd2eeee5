import { html, render } from 'lit';
import type { FromWebview, PanelStrings } from '../protocol/messages';
import type { DoneState, PanelState, TabId } from '../protocol/panelState';
import { readSaved, savePanel } from '../protocol/saved';
import { TextViewer } from './editor/textViewer';
import type { Host } from './host';
import { announcement, defaultTab, nextTick } from './pure/choices';
import { revealRow } from './reveal';
import type { ViewContext } from './view/context';
import { doneView, emptyView, notSentView, sendingView } from './view/states';

/** An answer that comes sooner than this (in ms) replaces the one before without a flash of the waiting view between. */
const CALM_START = 150;

export interface AppOptions {
  readonly host: Host;
  readonly root: HTMLElement;
  readonly strings: PanelStrings;
  readonly nonce: string;
}

/** The page: holds what is shown and what the person has chosen, draws it, and saves both. */
export class App {
  readonly #host: Host;
  readonly #root: HTMLElement;
  readonly #strings: PanelStrings;
  readonly #nonce: string;
  readonly #viewers = new Map<TabId, TextViewer>();
  readonly #calm = window.matchMedia('(prefers-reduced-motion: reduce)');
  #state: PanelState | undefined;
  /** The tab the person chose: it stays for the responses to come. */
  #chosen: TabId | undefined;
  #seen = new Set<TabId>();
  #wrap = true;
  #preview = false;
  #said = '';
  /** Our clock minus the host's, in milliseconds. */
  #clockOffset = 0;
  #tick: number | undefined;
  #delayed: number | undefined;

  constructor({ host, root, strings, nonce }: AppOptions) {
    this.#host = host;
    this.#root = root;
    this.#strings = strings;
    this.#nonce = nonce;
    document.addEventListener('keydown', (event) => this.#onKey(event));
    // VS Code changes a theme by new variables on the root element.
    new MutationObserver(() => this.#viewers.forEach((viewer) => viewer.remeasure())).observe(
      document.documentElement,
      {
        attributeFilter: ['style'],
      },
    );
  }

  /** Shows what VS Code kept of this page, else the state the page was made with. */
  start(first: PanelState | undefined): void {
    const saved = readSaved(this.#host.getState());
    this.#chosen = saved?.tab;
    this.#wrap = saved?.wrap ?? true;
    this.#state = saved?.state ?? first;
    this.#draw();
    this.#host.postMessage({ type: 'ready' });
  }

  /** Shows a new state. Takes the host's clock (ms since the epoch) where the host told it. */
  receive(state: PanelState, hostNow: number | undefined): void {
    if (hostNow !== undefined) this.#clockOffset = Date.now() - hostNow;
    window.clearTimeout(this.#delayed);
    this.#delayed = undefined;
    if (state.phase === 'sending' && this.#state !== undefined && this.#state.phase !== 'sending') {
      this.#delayed = window.setTimeout(() => this.#show(state), CALM_START);
      return;
    }
    this.#show(state);
  }

  #show(state: PanelState): void {
    const same = this.#state !== undefined && outline(state) === outline(this.#state);
    this.#state = state;
    if (!same) {
      this.#seen = new Set();
      this.#preview = false;
      const words = announcement(state, this.#strings.waitingForResponse);
      // The same words again are said again only if the text differs.
      this.#said = words === this.#said ? `${words}\u00a0` : words;
      if (state.phase !== 'sending') this.#root.scrollTop = 0;
    }
    this.#save();
    this.#draw();
  }

  /** The response on the page, also one that stands below a request that was not sent. */
  get #done(): DoneState | undefined {
    if (this.#state?.phase === 'done') return this.#state;
    return this.#state?.phase === 'notSent' ? this.#state.earlier : undefined;
  }

  get #selected(): TabId {
    return this.#chosen ?? (this.#done ? defaultTab(this.#done) : 'body');
  }

  #save(): void {
    if (this.#state === undefined) return;
    this.#host.setState(savePanel(this.#state, { ...(this.#chosen ? { tab: this.#chosen } : {}), wrap: this.#wrap }));
  }

  #draw(): void {
    const now = Date.now() - this.#clockOffset;
    const focused = document.activeElement;
    this.#seen.add(this.#selected);
    render(
      html`<div class="visually-hidden" role="status" aria-live="polite">${this.#said}</div>
        ${this.#view(this.#context(now))}`,
      this.#root,
    );
    // A button that had the focus and is gone leaves it to the heading, not to nothing.
    if (focused && focused !== document.body && !focused.isConnected) {
      this.#root.querySelector<HTMLElement>('h1[tabindex]')?.focus();
    }
    window.clearTimeout(this.#tick);
    const wait = this.#state && nextTick(this.#state, now, this.#calm.matches);
    this.#tick = wait === undefined ? undefined : window.setTimeout(() => this.#draw(), wait);
  }

  #view(context: ViewContext): unknown {
    const state = this.#state;
    if (state === undefined) return emptyView(context);
    const chosen = { selected: this.#selected, drawn: this.#seen };
    switch (state.phase) {
      case 'sending':
        return sendingView(state, context);
      case 'notSent':
        return notSentView(state, chosen, context);
      case 'done':
        return doneView({ state, ...chosen }, context);
    }
  }

  #context(now: number): ViewContext {
    return {
      strings: this.#strings,
      nonce: this.#nonce,
      now,
      wrap: this.#wrap,
      preview: this.#preview,
      post: (message: FromWebview) => this.#host.postMessage(message),
      select: (tab) => this.#select(tab),
      reveal: (tab, find) => this.#reveal(tab, find),
      toggleWrap: () => {
        this.#wrap = !this.#wrap;
        this.#save();
        this.#draw();
      },
      togglePreview: () => {
        this.#preview = !this.#preview;
        this.#draw();
      },
      openSearch: () => this.#openSearch(),
      viewer: (tab, label) => this.#viewer(tab, label),
    };
  }

  #viewer(tab: TabId, label: string): TextViewer {
    const existing = this.#viewers.get(tab);
    if (existing) return existing;
    const { editorPhrases: phrases } = this.#strings;
    const made = new TextViewer({ label, nonce: this.#nonce, phrases, wrap: this.#wrap });
    this.#viewers.set(tab, made);
    return made;
  }

  #select(tab: TabId): void {
    this.#chosen = tab;
    this.#save();
    this.#draw();
  }

  #reveal(tab: TabId, find: string | undefined): void {
    this.#preview = false;
    this.#select(tab);
    if (tab !== 'body' && tab !== 'raw') {
      revealRow(document.getElementById(`panel-${tab}`), find);
      return;
    }
    const body = this.#done?.body;
    if (find !== undefined && body?.kind === 'text') {
      if (this.#viewers.get(tab)?.reveal(find)) return;
      // What is laid out for reading may write a value in another way than the body as it came.
      if (tab === 'body' && body.pretty !== undefined && body.raw.includes(find)) {
        this.#select('raw');
        if (this.#viewers.get('raw')?.reveal(find)) return;
      }
    }
    document.getElementById(`tab-${this.#selected}`)?.focus();
  }

  #openSearch(): void {
    if (this.#done?.body.kind !== 'text' || this.#done.body.notKept) return;
    this.#preview = false;
    if (this.#selected === 'body' || this.#selected === 'raw') this.#draw();
    else this.#select('body');
    this.#viewers.get(this.#selected)?.openSearch();
  }

  #onKey(event: KeyboardEvent): void {
    const find =
      event.key.toLowerCase() === 'f' && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    if (!find || event.defaultPrevented) return;
    event.preventDefault();
    this.#openSearch();
  }
}

/** What tells two states apart; a large body is not looked at, as it is not in what comes back after a reload. */
function outline(state: PanelState): string {
  return JSON.stringify(savePanel(state, { wrap: true }).state);
}
