import type {
  CommentNode,
  DirectiveNode,
  ReferenceNode,
  RequestLineNode,
  UnsupportedFeature,
  VariableNode,
} from './ast';
import { trimmedEnd } from './chars';
import { readRequestLine, readVersion } from './lines';
import { methodKind, methods } from './methods';
import { Template } from './nodes';
import { Pile } from './pile';
import type { Problem } from './problems';
import type { LineScanner } from './scanner';
import type { Span } from './span';
import type { Parts, TemplateReader } from './templates';

type Between = CommentNode | DirectiveNode | VariableNode;

/** Reads request lines: the lines below one may continue its path or query, so it stays open until it is closed. */
export class RequestLineReader {
  /** Lines below the open one that are no part of it, unless it goes on below them. */
  readonly pending = new Pile<Between>();
  readonly #scanner: LineScanner;
  readonly #problems: Problem[];
  readonly #templates: TemplateReader;
  readonly #target: Parts = new Pile();
  readonly #between = new Pile<Between>();
  #isOpen = false;
  #method = '';
  #methodSpan: Span | undefined;
  #methodReference: ReferenceNode | undefined;
  #targetStart = 0;
  #targetEnd = 0;
  #start = 0;
  #end = 0;
  #version: RequestLineNode['version'];

  constructor(scanner: LineScanner, templates: TemplateReader, problems: Problem[]) {
    this.#scanner = scanner;
    this.#templates = templates;
    this.#problems = problems;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Begins a request line with the scanner's line. */
  begin(): void {
    const { text, textStart, end } = this.#scanner;
    const { method, target, version } = readRequestLine(text, textStart, end, isKnownWord);
    this.#isOpen = true;
    this.#start = textStart;
    this.#end = trimmedEnd(text, textStart, end);
    const written = method === undefined ? 'GET' : text.slice(method.start, method.end);
    this.#methodSpan = method === undefined ? undefined : { start: method.start, end: method.end };
    this.#methodReference = undefined;
    if (method?.isReference) {
      const part = this.#templates.read(method.start, method.end).parts[0];
      if (part?.kind === 'reference') this.#methodReference = part;
    } else if (this.#methodSpan !== undefined) this.#checkMethod(written, this.#methodSpan);
    this.#method = this.#methodReference === undefined ? written.toUpperCase() : written;
    this.#append(target.start, target.end);
    this.#setVersion(version);
  }

  /** The JetBrains way to break a line: the scanner's line is indented, and what stands above it ends with `/`, `?` or `&`. */
  continuesLoosely(): boolean {
    if (!this.#isOpen || this.#target.length === 0 || !this.#scanner.isIndented) return false;
    const last = this.#scanner.text[this.#targetEnd - 1];
    return last === '?' || last === '&' || last === '/';
  }

  /** Adds the scanner's line to the target. */
  add(): void {
    const { text, textStart, end: lineEnd } = this.#scanner;
    const end = trimmedEnd(text, textStart, lineEnd);
    const version = readVersion(text, textStart, end);
    this.#append(textStart, version === undefined ? end : trimmedEnd(text, textStart, version.start));
    if (version !== undefined) this.#setVersion(version);
    this.#end = end;
    for (const node of this.pending.take()) this.#between.add(node);
  }

  /** The node, when nothing more can be added. What is `pending` then is left to the caller. */
  close(): RequestLineNode {
    this.#isOpen = false;
    const span = { start: this.#start, end: this.#end };
    const missing = this.#target.length === 0;
    if (missing) this.#problems.push({ code: 'missing-url', span: this.#methodSpan ?? span });
    const hole = this.#methodSpan?.end ?? this.#end;
    return {
      kind: 'requestLine',
      span,
      method: this.#method,
      methodSpan: this.#methodSpan,
      methodReference: this.#methodReference,
      target: missing
        ? { kind: 'missing', span: { start: hole, end: hole }, expected: 'url' }
        : new Template(this.#targetStart, this.#targetEnd, this.#target.take()),
      version: this.#version,
      between: this.#between.take(),
    };
  }

  #append(start: number, end: number): void {
    if (this.#target.length === 0) this.#targetStart = start;
    this.#templates.append(this.#target, start, end);
    this.#targetEnd = end;
  }

  #setVersion(span: Span | undefined): void {
    this.#version = span && { text: this.#scanner.text.slice(span.start, span.end), span };
  }

  #checkMethod(word: string, span: Span): void {
    const kind = methodKind(word);
    if (kind === 'unknown') this.#problems.push({ code: 'unknown-method', span, text: word, known: methods });
    if (kind === 'protocol') {
      const feature: UnsupportedFeature = word.toUpperCase() === 'GRAPHQL' ? 'graphql' : 'protocol';
      this.#problems.push({ code: 'not-supported-yet', span, feature, text: word });
    }
  }
}

function isKnownWord(word: string): boolean {
  return methodKind(word) !== 'unknown';
}
