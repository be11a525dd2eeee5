import type { UnsupportedFeature, UnsupportedNode } from './ast';
import { trimmedEnd } from './chars';
import type { Problem } from './problems';
import type { LineKind, LineScanner, Place } from './scanner';
import type { Span } from './span';

/*
 * What the other dialects have and this version does not run. It is recognised, because the alternative is to send a script
 * or the name of a file as the text of a body.
 */

interface UnsupportedRule {
  readonly feature: UnsupportedFeature;
  /** What ends it, where it may go on over several lines: the text a line contains, or is. */
  readonly until?: { readonly contains: string } | { readonly is: string };
}

const rules: Partial<Readonly<Record<LineKind, UnsupportedRule>>> = {
  scriptBlock: { feature: 'script-block', until: { is: '}}' } },
  requestScript: { feature: 'pre-request-script', until: { contains: '%}' } },
  inputFile: { feature: 'input-file' },
  responseFile: { feature: 'response-file' },
  handlerScript: { feature: 'response-handler', until: { contains: '%}' } },
  handlerFile: { feature: 'response-handler' },
  assert: { feature: 'assert' },
  curl: { feature: 'curl' },
  run: { feature: 'run' },
};

/** True for a line with which such a thing begins. */
export function isUnsupported(kind: LineKind): boolean {
  return rules[kind] !== undefined;
}

/** What a line of this kind begins. Above a request line, `< file` is a script to run first, not a body. */
export function featureOf(kind: LineKind, place: Place): UnsupportedFeature {
  if (kind === 'inputFile' && place === 'before') return 'pre-request-script';
  return rules[kind]?.feature ?? 'script-block';
}

/** Reads it, over as many lines as it takes, but never beyond the block. The scanner is moved on to the line after it. */
export function readUnsupported(scanner: LineScanner, kind: LineKind, place: Place): UnsupportedNode {
  const { text, textStart: start } = scanner;
  const until = rules[kind]?.until;
  let end = trimmedEnd(text, start, scanner.end);
  let closed = until === undefined || ('contains' in until && text.slice(start, end).includes(until.contains));
  scanner.advance();
  while (!closed && until !== undefined && scanner.hasLine && scanner.classify('body') !== 'separator') {
    const line: Span = { start: scanner.textStart, end: trimmedEnd(text, scanner.textStart, scanner.end) };
    const content = text.slice(line.start, line.end);
    closed = 'is' in until ? content === until.is : content.includes(until.contains);
    if (content !== '') end = line.end;
    scanner.advance();
  }
  return { kind: 'unsupported', span: { start, end }, feature: featureOf(kind, place) };
}

/** The scanner's line and all that follows in its block, without blank lines at the end. The scanner is moved on. */
export function readRestOfBlock(scanner: LineScanner): Span {
  const start = scanner.textStart;
  let end = start;
  while (scanner.hasLine && scanner.classify('body') !== 'separator') {
    if (scanner.textStart < scanner.end) end = trimmedEnd(scanner.text, scanner.textStart, scanner.end);
    scanner.advance();
  }
  return { start, end };
}

/** Adds the problem that keeps the request from being sent. Its span is the first line. */
export function reportUnsupported(text: string, node: UnsupportedNode, problems: Problem[]): void {
  const { start } = node.span;
  const lineLength = text.slice(start, Math.min(node.span.end, start + 1000)).search(/[\r\n]/);
  const end = lineLength < 0 ? node.span.end : start + lineLength;
  problems.push({
    code: 'not-supported-yet',
    span: { start, end },
    feature: node.feature,
    text: text.slice(start, Math.min(end, start + 80)),
  });
}
