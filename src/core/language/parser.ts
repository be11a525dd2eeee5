import type { DocumentNode, RequestNode } from './ast';
import { BlockParser } from './block';
import type { ParsedDocument, Problem } from './problems';
import { LineScanner } from './scanner';
import { collectSymbols } from './symbols';
import { TemplateReader } from './templates';

/**
 * Reads an `.http` document. Takes any text and never throws; gives the tree, the problems in the order of the text, and
 * the names it defines. The time is linear in the length of the text.
 */
export function parseDocument(text: string): ParsedDocument {
  const problems: Problem[] = [];
  const scanner = new LineScanner(text);
  const templates = new TemplateReader(text, problems);
  const blocks = new BlockParser(scanner, templates, problems);
  const requests: RequestNode[] = [];
  while (scanner.hasLine) requests.push(blocks.parse());
  const document: DocumentNode = { kind: 'document', span: { start: 0, end: text.length }, requests };
  const collected = collectSymbols(document);
  for (const problem of collected.problems) problems.push(problem);
  problems.sort((a, b) => a.span.start - b.span.start);
  return { text, document, problems, symbols: collected.symbols };
}
