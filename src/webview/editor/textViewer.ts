import { standardKeymap } from '@codemirror/commands';
import { foldGutter, foldKeymap } from '@codemirror/language';
import { openSearchPanel, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, StateEffect, StateField } from '@codemirror/state';
import type { Extension } from '@codemirror/state';
import { Decoration, EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view';
import type { DecorationSet } from '@codemirror/view';
import type { BodyLanguage } from '../../protocol/panelState';
import { locate } from '../pure/locate';
import { languageFor } from './languages';
import { viewerTheme } from './theme';

export interface ViewerOptions {
  /** What a screen reader calls it. */
  readonly label: string;
  /** The page's nonce: CodeMirror writes its style sheet into the page. */
  readonly nonce: string;
  readonly phrases: Readonly<Record<string, string>>;
  readonly wrap: boolean;
}

const markEvidence = StateEffect.define<{ readonly from: number; readonly to: number }>();
const evidenceMark = Decoration.mark({ class: 'cm-evidence' });

/** The place a click on a piece of evidence led to. */
const evidence = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    const effect = transaction.effects.find((one) => one.is(markEvidence));
    return effect?.is(markEvidence) ? Decoration.set(evidenceMark.range(effect.value.from, effect.value.to)) : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** A read-only text with line numbers, folding and search. Draws only what is in sight, however long the text is. */
export class TextViewer {
  readonly #view: EditorView;
  readonly #wrapping = new Compartment();
  readonly #base: Extension;
  #text: string | undefined;
  #language: BodyLanguage = 'text';
  #wrap: boolean;

  constructor({ label, nonce, phrases, wrap }: ViewerOptions) {
    this.#wrap = wrap;
    this.#base = [
      EditorView.cspNonce.of(nonce),
      EditorState.readOnly.of(true),
      EditorState.phrases.of(phrases),
      EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true' }),
      lineNumbers(),
      foldGutter({ markerDOM: (open) => foldMarker(open, phrases) }),
      highlightSpecialChars(),
      search({ top: true }),
      evidence,
      keymap.of([...searchKeymap, ...foldKeymap, ...standardKeymap]),
      viewerTheme,
    ];
    // With the nonce from the first moment on: the viewer writes its style sheet when it is made.
    this.#view = new EditorView({ extensions: this.#base });
  }

  /** The element to put into the page. */
  get element(): HTMLElement {
    return this.#view.dom;
  }

  /** Shows a text; one that is shown already keeps its place, its folds and its search. */
  show(text: string, language: BodyLanguage): void {
    if (text === this.#text && language === this.#language) return;
    this.#text = text;
    this.#language = language;
    const wrapping = this.#wrapping.of(this.#wrap ? EditorView.lineWrapping : []);
    this.#view.setState(
      EditorState.create({ doc: text, extensions: [this.#base, wrapping, languageFor(language, text.length)] }),
    );
  }

  wrap(wrap: boolean): void {
    if (wrap === this.#wrap) return;
    this.#wrap = wrap;
    this.#view.dispatch({ effects: this.#wrapping.reconfigure(wrap ? EditorView.lineWrapping : []) });
  }

  /** Opens the search field and puts the cursor there. */
  openSearch(): void {
    openSearchPanel(this.#view);
  }

  /** Selects and marks a quoted text and brings it into sight. Gives whether it was found. */
  reveal(quoted: string): boolean {
    // The document's own text: it has line ends of one character, as its positions have.
    const found = locate(this.#view.state.doc.toString(), quoted);
    if (!found) return false;
    const { from, to } = found;
    this.#view.dispatch({
      selection: { anchor: from, head: to },
      effects: [markEvidence.of({ from, to }), EditorView.scrollIntoView(from, { y: 'center' })],
    });
    this.focus();
    return true;
  }

  /** Measures anew: the theme, and with it the font, has changed. */
  remeasure(): void {
    this.#view.requestMeasure();
  }

  focus(): void {
    this.#view.focus();
  }

  dispose(): void {
    this.#view.destroy();
  }
}

const SVG = 'http://www.w3.org/2000/svg';

/** VS Code's folding arrow: down while open, to the right while folded. */
function foldMarker(open: boolean, phrases: Readonly<Record<string, string>>): HTMLElement {
  const words = open ? 'Fold line' : 'Unfold line';
  const marker = document.createElement('span');
  marker.title = phrases[words] ?? words;
  const drawing = document.createElementNS(SVG, 'svg');
  const path = document.createElementNS(SVG, 'path');
  drawing.setAttribute('class', 'icon');
  drawing.setAttribute('viewBox', '0 0 16 16');
  path.setAttribute('d', open ? 'M3.5 6 8 10.5 12.5 6' : 'M6 3.5 10.5 8 6 12.5');
  drawing.append(path);
  marker.append(drawing);
  return marker;
}
