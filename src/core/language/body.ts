import type { BodyNode, CommentNode, HeaderNode, ResponseNode, TemplateNode, UnsupportedNode } from './ast';
import { trimmedEnd } from './chars';
import { Template } from './nodes';
import { none, Pile } from './pile';
import type { Problem } from './problems';
import type { LineKind, LineScanner } from './scanner';
import type { Span } from './span';
import type { Parts, TemplateReader } from './templates';
import { isUnsupported, readRestOfBlock, readUnsupported, reportUnsupported } from './unsupported';

type Between = CommentNode | UnsupportedNode | ResponseNode;

export interface ParsedBody {
  readonly body?: BodyNode;
  /** What stands below the last line of text. */
  readonly after: readonly Between[];
}

/**
 * Reads from the blank line that ends the headers to the next separator. Blank lines above the first and below the last
 * line of text are white space; everything between the two is the body, exactly as it stands, without comments.
 */
export function parseBody(
  scanner: LineScanner,
  templates: TemplateReader,
  headers: Pile<HeaderNode>,
  problems: Problem[],
): ParsedBody {
  const type = writtenContentType(scanner.text, headers);
  const keepComments = commentedTypes.test(type);
  const keepMessages = messageTypes.test(type);
  const segments: Span[] = [];
  const between: Between[] = [];
  let pending: Between[] = [];
  /** Start of the run of text and blank lines the scanner is in; -1 outside of one. */
  let runStart = -1;
  let textEnd = -1;

  while (scanner.hasLine) {
    const lineStart = scanner.start;
    const kind = scanner.classify('body');
    if (kind === 'separator') break;
    const isText = (kind === 'comment' && keepComments) || (kind === 'response' && keepMessages);
    const node = isText || kind === 'text' || kind === 'blank' ? undefined : readBetween(scanner, kind, problems);
    if (node !== undefined) {
      if (runStart >= 0) segments.push({ start: runStart, end: lineStart });
      runStart = -1;
      pending.push(node);
      continue;
    }
    if (kind !== 'blank') {
      textEnd = scanner.end;
      if (pending.length > 0) {
        for (const node of pending) between.push(node);
        pending = [];
      }
    }
    // Nothing begins with a blank line but a run in the middle of the body.
    if (runStart < 0 && textEnd >= 0) runStart = lineStart;
    scanner.advance();
  }
  if (textEnd < 0) return { after: pending };
  if (runStart >= 0) segments.push({ start: runStart, end: scanner.start });
  return { body: makeBody(templates, segments, textEnd, between), after: pending };
}

/** A line of the body that is not sent, with the lines that belong to it. The scanner is moved on only where there is one. */
function readBetween(scanner: LineScanner, kind: LineKind, problems: Problem[]): Between | undefined {
  if (kind === 'response') return { kind: 'response', span: readRestOfBlock(scanner) };
  if (isUnsupported(kind)) {
    const node = readUnsupported(scanner, kind, 'body');
    reportUnsupported(scanner.text, node, problems);
    return node;
  }
  const span = { start: scanner.textStart, end: trimmedEnd(scanner.text, scanner.textStart, scanner.end) };
  if (kind === 'missingSeparator') problems.push({ code: 'missing-separator', span, place: 'body' });
  if (kind !== 'comment' && kind !== 'responseDiff') return undefined;
  scanner.advance();
  return { kind: kind === 'comment' ? 'comment' : 'response', span };
}

function makeBody(templates: TemplateReader, segments: readonly Span[], textEnd: number, between: Between[]): BodyNode {
  const start = segments[0]?.start ?? textEnd;
  let content: TemplateNode;
  if (segments.length === 1) content = templates.read(start, textEnd);
  else {
    const parts: Parts = new Pile();
    for (const segment of segments) {
      if (segment.start < textEnd) templates.append(parts, segment.start, Math.min(segment.end, textEnd));
    }
    content = new Template(start, textEnd, parts.take());
  }
  const first = between[0]?.span.start ?? start;
  return {
    kind: 'body',
    span: first < start ? { start: first, end: textEnd } : content.span,
    content,
    between: between.length > 0 ? between : none,
  };
}

/** Media types in whose text a line that begins with `#` or `//` means something: headings, comments of its own. */
const commentedTypes =
  /^(?:text\/(?:markdown|plain|csv|yaml|x-[\w.+-]*)|application\/(?:x-yaml|yaml|toml|x-sh))\s*(?:;|$)/i;

/** Media types whose text may itself be an HTTP message. */
const messageTypes = /^(?:multipart\/|message\/http|application\/http)/i;

/** The `Content-Type` as far as it is written out; empty where there is none, or it begins with a reference. */
function writtenContentType(text: string, headers: Pile<HeaderNode>): string {
  for (let index = 0; index < headers.length; index++) {
    const header = headers.at(index);
    const name = header?.name.span;
    // The length first: it tells most names apart without looking at them.
    if (header === undefined || name === undefined || name.end - name.start !== contentType.length) continue;
    if (text.slice(name.start, name.end).toLowerCase() !== contentType) continue;
    const { start, end } = header.value.span;
    return text.startsWith('{{', start) ? '' : text.slice(start, end);
  }
  return '';
}

const contentType = 'content-type';
