import type {
  BlockChild,
  BodyNode,
  CommentNode,
  DirectiveNode,
  HeaderNode,
  RequestLineNode,
  RequestNode,
  SeparatorNode,
  TemplateNode,
  UnsupportedNode,
  VariableNode,
} from './ast';
import { parseBody } from './body';
import { isToken, skipSpace, trimmedEnd } from './chars';
import { checkDirective } from './directiveChecks';
import { directiveRule } from './directives';
import type { DirectiveRule } from './directives';
import { headerColon, readDirective, readSeparator, readVariable } from './lines';
import { Header, Literal, Template } from './nodes';
import { Pile } from './pile';
import type { Problem } from './problems';
import { RequestLineReader } from './requestLine';
import type { LineKind, LineScanner, Place } from './scanner';
import type { Span } from './span';
import type { Parts, TemplateReader } from './templates';
import { featureOf, readRestOfBlock, readUnsupported, reportUnsupported } from './unsupported';

/** Reads blocks: each from the scanner's line to the line before the next separator. */
export class BlockParser {
  readonly #scanner: LineScanner;
  readonly #templates: TemplateReader;
  readonly #problems: Problem[];

  readonly #children = new Pile<BlockChild>();
  readonly #directives = new Pile<DirectiveNode>();
  readonly #variables = new Pile<VariableNode>();
  readonly #comments = new Pile<CommentNode>();
  readonly #headers = new Pile<HeaderNode>();
  readonly #unsupported = new Pile<UnsupportedNode>();
  readonly #firstDirectives = new Map<DirectiveRule | undefined, DirectiveNode>();
  #separator: SeparatorNode | undefined;
  #line: RequestLineNode | undefined;
  #body: BodyNode | undefined;

  readonly #openLine: RequestLineReader;
  /** A header whose value may still be continued: its name, its first line, and all lines once there are more. */
  #headerName: TemplateNode | undefined;
  #headerValue: TemplateNode | undefined;
  readonly #folded: Parts = new Pile();
  #foldedEnd = 0;

  constructor(scanner: LineScanner, templates: TemplateReader, problems: Problem[]) {
    this.#scanner = scanner;
    this.#templates = templates;
    this.#problems = problems;
    this.#openLine = new RequestLineReader(scanner, templates, problems);
  }

  /** Reads one block and moves the scanner to the next. */
  parse(): RequestNode {
    const scanner = this.#scanner;
    const start = scanner.start;
    this.#separator = undefined;
    this.#line = undefined;
    this.#body = undefined;
    this.#firstDirectives.clear();
    let place: Place = 'before';
    while (scanner.hasLine) {
      const kind = scanner.classify(place);
      if (kind === 'separator') {
        // Blank lines above the first separator of a document are no block of their own.
        if (this.#children.length > 0 || place !== 'before') break;
        this.#separator = this.#readSeparator();
        this.#children.add(this.#separator);
        scanner.advance();
      } else if (kind === 'blank' && place !== 'before') {
        this.#close();
        this.#parseBody();
        break;
      } else {
        place = this.#parseLine(kind, place);
      }
    }
    this.#close();
    return this.#node({ start, end: scanner.hasLine ? scanner.start : scanner.text.length });
  }

  /** Reads the scanner's line, and gives the place in which the next one stands. The scanner is moved on. */
  #parseLine(kind: LineKind, place: Place): Place {
    const { text, textStart, end } = this.#scanner;
    switch (kind) {
      case 'blank':
        break;
      case 'directive':
        this.#keep(this.#readDirective());
        break;
      case 'comment':
        this.#keep({ kind: 'comment', span: { start: textStart, end: trimmedEnd(text, textStart, end) } });
        break;
      case 'variable':
        this.#keep(readVariable(text, textStart, end, this.#templates));
        break;
      case 'badVariable':
        this.#invalid('bad-variable');
        break;
      case 'blockComment':
        this.#blockComment();
        return place;
      case 'request':
        this.#openLine.begin();
        this.#scanner.advance();
        return 'target';
      case 'query':
      case 'path':
        this.#openLine.add();
        break;
      case 'header':
      case 'text':
        if (this.#openLine.continuesLoosely()) {
          this.#openLine.add();
          break;
        }
        this.#closeLine();
        this.#header();
        place = 'headers';
        break;
      case 'missingSeparator':
        this.#close();
        this.#problems.push({ code: 'missing-separator', span: this.#lineSpan(), place: 'headers' });
        this.#children.add({ kind: 'invalid', span: this.#lineSpan() });
        place = 'headers';
        break;
      case 'response':
        this.#restOfBlock((span) => ({ kind: 'response', span }));
        return place;
      case 'responseDiff':
        this.#close();
        this.#children.add({ kind: 'response', span: this.#lineSpan() });
        this.#scanner.advance();
        return place === 'target' ? 'headers' : place;
      case 'curl':
      case 'run':
        this.#restOfBlock((span) => this.#unsupportedNode(kind, span));
        return place;
      case 'separator':
        return place;
      default: {
        this.#close();
        const node = readUnsupported(this.#scanner, kind, place);
        this.#addUnsupported(node);
        return place === 'target' ? 'headers' : place;
      }
    }
    this.#scanner.advance();
    return place;
  }

  #lineSpan(): Span {
    const { text, textStart, end } = this.#scanner;
    return { start: textStart, end: trimmedEnd(text, textStart, end) };
  }

  #readSeparator(): SeparatorNode {
    const { text, textStart, end, isIndented } = this.#scanner;
    const separator = readSeparator(text, textStart, end);
    if (isIndented) this.#problems.push({ code: 'indented-separator', span: separator.span });
    return separator;
  }

  #readDirective(): DirectiveNode {
    const { text, textStart, end } = this.#scanner;
    const directive = readDirective(text, textStart, end);
    checkDirective(directive, this.#firstDirectives, this.#problems);
    return directive;
  }

  /** Keeps a line that may stand anywhere above the body. */
  #keep(node: CommentNode | DirectiveNode | VariableNode): void {
    this.#closeHeader();
    if (node.kind === 'directive') this.#directives.add(node);
    if (node.kind === 'variable') this.#variables.add(node);
    if (this.#openLine.isOpen) this.#openLine.pending.add(node);
    else this.#addChild(node);
  }

  #invalid(code: 'bad-variable' | 'bad-header'): void {
    const span = this.#lineSpan();
    this.#problems.push({
      code,
      span,
      text: this.#scanner.text.slice(span.start, Math.min(span.end, span.start + 200)),
    });
    this.#children.add({ kind: 'invalid', span });
  }

  /** A comment between slash-star and star-slash. One without an end ends with its block. */
  #blockComment(): void {
    const scanner = this.#scanner;
    const { text, textStart: start } = scanner;
    let from = start + 2;
    let end = scanner.end;
    let closed = false;
    let lineEnd = scanner.end;
    do {
      if (scanner.start > start && scanner.classify('before') === 'separator') break;
      if (from < scanner.start) from = scanner.start;
      const close = text.slice(from, scanner.end).indexOf('*/');
      closed = close >= 0;
      lineEnd = scanner.end;
      end = closed ? from + close + 2 : Math.max(end, trimmedEnd(text, scanner.start, scanner.end));
      scanner.advance();
    } while (!closed && scanner.hasLine);
    const span = { start, end };
    if (!closed) this.#problems.push({ code: 'unclosed-comment', span: { start, end: start + 2 } });
    this.#addChild({ kind: 'comment', span });
    // What follows the end on the same line would otherwise be lost without a word.
    const rest = skipSpace(text, end, lineEnd);
    if (closed && rest < lineEnd) {
      const restSpan = { start: rest, end: trimmedEnd(text, rest, lineEnd) };
      this.#problems.push({ code: 'bad-header', span: restSpan, text: text.slice(restSpan.start, restSpan.end) });
      this.#children.add({ kind: 'invalid', span: restSpan });
    }
  }

  #header(): void {
    const { text, textStart: start, end: lineEnd, isIndented } = this.#scanner;
    const colon = headerColon(text, start, lineEnd);
    const nameEnd = colon < 0 ? start : trimmedEnd(text, start, colon);
    const looksLikeName = colon >= 0 && isHeaderName(text.slice(start, nameEnd));
    if (!looksLikeName && isIndented && this.#headerValue !== undefined) {
      this.#fold(this.#headerValue);
      return;
    }
    this.#closeHeader();
    if (!looksLikeName) {
      this.#invalid('bad-header');
      return;
    }
    this.#headerName = this.#templates.read(start, nameEnd);
    const valueStart = skipSpace(text, colon + 1, lineEnd);
    this.#headerValue = this.#templates.read(valueStart, trimmedEnd(text, valueStart, lineEnd));
  }

  /** Continues the header's value with the scanner's line. */
  #fold(firstLine: TemplateNode): void {
    const { text, textStart: start, end: lineEnd } = this.#scanner;
    if (this.#folded.length === 0) {
      for (const part of firstLine.parts) this.#folded.add(part);
      this.#foldedEnd = firstLine.span.end;
    }
    this.#folded.add(new Literal(this.#foldedEnd, start, ' '));
    this.#foldedEnd = trimmedEnd(text, start, lineEnd);
    this.#templates.append(this.#folded, start, this.#foldedEnd);
  }

  #parseBody(): void {
    const { body, after } = parseBody(this.#scanner, this.#templates, this.#headers, this.#problems);
    if (body !== undefined) {
      this.#body = body;
      this.#children.add(body);
      for (const node of body.between) if (node.kind === 'unsupported') this.#unsupported.add(node);
    }
    for (const node of after) {
      if (node.kind === 'unsupported') this.#unsupported.add(node);
      this.#addChild(node);
    }
  }

  #addChild(node: BlockChild): void {
    if (node.kind === 'comment') this.#comments.add(node);
    this.#children.add(node);
  }

  #restOfBlock(make: (span: Span) => BlockChild): void {
    const node = make(readRestOfBlock(this.#scanner));
    if (node.kind === 'unsupported') this.#addUnsupported(node);
    else this.#children.add(node);
  }

  #unsupportedNode(kind: LineKind, span: Span): UnsupportedNode {
    return { kind: 'unsupported', span, feature: featureOf(kind, 'before') };
  }

  #addUnsupported(node: UnsupportedNode): void {
    reportUnsupported(this.#scanner.text, node, this.#problems);
    this.#unsupported.add(node);
    this.#children.add(node);
  }

  #close(): void {
    this.#closeLine();
    this.#closeHeader();
  }

  #closeLine(): void {
    if (!this.#openLine.isOpen) return;
    this.#line = this.#openLine.close();
    this.#children.add(this.#line);
    if (this.#openLine.pending.length === 0) return;
    for (const node of this.#openLine.pending.take()) this.#addChild(node);
  }

  #closeHeader(): void {
    const name = this.#headerName;
    let value = this.#headerValue;
    if (name === undefined || value === undefined) return;
    if (this.#folded.length > 0) value = new Template(value.span.start, this.#foldedEnd, this.#folded.take());
    this.#headerName = undefined;
    this.#headerValue = undefined;
    const node = new Header(name, value);
    this.#headers.add(node);
    this.#children.add(node);
  }

  #node(span: Span): RequestNode {
    return {
      kind: 'request',
      span,
      separator: this.#separator,
      name: this.#name(),
      line: this.#line,
      directives: this.#directives.take(),
      variables: this.#variables.take(),
      comments: this.#comments.take(),
      headers: this.#headers.take(),
      body: this.#body,
      unsupported: this.#unsupported.take(),
      children: this.#children.take(),
    };
  }

  #name(): RequestNode['name'] {
    const named = this.#firstDirectives.get(nameRule);
    if (named !== undefined && named.argument !== '') return { text: named.argument, span: named.argumentSpan };
    const separator = this.#separator;
    if (separator === undefined || separator.title === '') return undefined;
    return { text: separator.title, span: separator.titleSpan };
  }
}

const nameRule = directiveRule('name');

/** A header's name as written: a token (RFC 9110 section 5.1) in which references may stand. */
function isHeaderName(text: string): boolean {
  if (!text.includes('{{')) return isToken(text);
  return isToken(text.replace(/\{\{[^{}]*\}\}/g, 'x'));
}
