import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Node } from '../../../src/core/language/ast';
import { completionsAt } from '../../../src/core/language/features/completions';
import { documentProblems } from '../../../src/core/language/features/diagnostics';
import { foldingRegions } from '../../../src/core/language/features/folding';
import { hoverAt } from '../../../src/core/language/features/hover';
import { requestLenses } from '../../../src/core/language/features/lenses';
import { outline } from '../../../src/core/language/features/symbols';
import { parseDocument } from '../../../src/core/language/parser';
import { resolveRequest } from '../../../src/core/language/resolve';
import { childrenOf, nodeAt, requestAt, walk } from '../../../src/core/language/walk';
import { stillContext } from './context';

/** Pieces of the language, put together at random: far more likely to meet a rule than random characters. */
const fragment = fc.constantFrom(
  ...'### |###|# |// |@a = |@a = {{b}}|@b = {{a}}|# @name x|# @service demo|# @no-auth|GET |POST https://a.example/|/path'.split(
    '|',
  ),
  ...'  ?q=1|&r={{a}}|X-A: |{{|}}|{{a}}|{{$guid}}|{{$auth.token("demo")}}|{{$secret demo token}}|{{%a}}|{{$randomInt 1 2}}'.split(
    '|',
  ),
  ...'\n|\r\n|\r|\n\n|  |\t|\ufeff|\u2028|\0|\ud800|é|:|=|"|< ./f|> {%|%}|>> f|?? x|<> f|HTTP/1.1 200|curl x|/*|*/|{{\n'.split(
    '|',
  ),
  'Content-Type: application/json',
  'Authorization: Basic a b',
);
const text = fc.oneof(
  fc.array(fragment, { maxLength: 60, size: 'max' }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 300, size: 'max' }),
  fc.string({ unit: 'grapheme', maxLength: 300, size: 'max' }),
  fc.uint8Array({ maxLength: 300, size: 'max' }).map((bytes) => new TextDecoder('latin1').decode(bytes)),
);
const runs = { numRuns: 500 };

const isWhiteSpace = (piece: string): boolean => piece.trim() === '';

describe('language: properties', () => {
  it('any text parses, resolves and answers every feature without throwing', () => {
    fc.assert(
      fc.property(text, fc.nat(), (source, at) => {
        const parsed = parseDocument(source);
        const offset = at % (source.length + 1);
        for (const request of parsed.document.requests) resolveRequest(parsed, request, stillContext);
        documentProblems(parsed, { services: ['demo'] });
        requestLenses(parsed);
        foldingRegions(parsed);
        outline(parsed);
        completionsAt(parsed, offset, { services: [{ id: 'demo', name: 'Demo', fields: ['token'] }] });
        hoverAt(parsed, offset, stillContext);
        nodeAt(parsed.document, offset);
        requestAt(parsed.document, offset);
      }),
      runs,
    );
  });

  it('blocks tile the document, and nothing but white space lies outside their nodes', () => {
    fc.assert(
      fc.property(text, (source) => {
        const { document } = parseDocument(source);
        let at = 0;
        for (const block of document.requests) {
          assert.equal(block.span.start, at);
          at = block.span.end;
          let end = block.span.start;
          for (const child of block.children) {
            assert.ok(child.span.start >= end, 'children in order, none over another');
            assert.ok(isWhiteSpace(source.slice(end, child.span.start)), 'lost text');
            end = child.span.end;
          }
          assert.ok(isWhiteSpace(source.slice(end, block.span.end)), 'lost text at the end of a block');
        }
        assert.equal(at, document.requests.length > 0 ? source.length : 0);
      }),
      runs,
    );
  });

  it('every span lies inside its parent, and siblings are in order', () => {
    fc.assert(
      fc.property(text, (source) => {
        walk(parseDocument(source).document, (node: Node) => {
          let end = node.span.start;
          for (const child of childrenOf(node)) {
            assert.ok(child.span.start >= end, `${child.kind} begins before its neighbour ends`);
            assert.ok(child.span.start <= child.span.end);
            end = child.span.end;
          }
          assert.ok(end <= node.span.end, `${node.kind} ends before its last child`);
        });
      }),
      runs,
    );
  });

  it('a body is its literal parts, references and the lines in between, character by character', () => {
    fc.assert(
      fc.property(text, (source) => {
        for (const { body } of parseDocument(`POST /\n\n${source}`).document.requests) {
          if (body === undefined) continue;
          const whole = `POST /\n\n${source}`;
          let end = body.span.start;
          for (const child of childrenOf(body.between.length > 0 ? body : body.content)) {
            // Between two parts lies only what ends or indents a line that is not sent.
            assert.ok(isWhiteSpace(whole.slice(end, child.span.start)));
            if (child.kind === 'literal') assert.equal(child.text, whole.slice(child.span.start, child.span.end));
            end = child.span.end;
          }
          if (body.between.length === 0) {
            const { parts, span } = body.content;
            const joined = parts.map((part) => whole.slice(part.span.start, part.span.end)).join('');
            assert.equal(joined, whole.slice(span.start, span.end));
          }
        }
      }),
      runs,
    );
  });

  it('problems are in order and point into the text', () => {
    fc.assert(
      fc.property(text, (source) => {
        let last = 0;
        for (const { span } of parseDocument(source).problems) {
          assert.ok(span.start >= last && span.end >= span.start && span.end <= source.length);
          last = span.start;
        }
      }),
      runs,
    );
  });

  it('what is sent is fit for the wire, whatever was written', () => {
    fc.assert(
      fc.property(text, (source) => {
        const parsed = parseDocument(source);
        for (const node of parsed.document.requests) {
          const { request, problems } = resolveRequest(parsed, node, stillContext);
          assert.equal(request === undefined, problems.length > 0);
          if (request === undefined) continue;
          assert.match(request.method, /^[A-Z-]+$/);
          assert.match(request.target, /^(?:https?:\/\/[\x21-\x7e]+|\/[\x21-\x7e]*)$/);
          for (const { name, value } of request.headers) {
            assert.match(name, /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/);
            assert.match(value, /^[\t\x20-\x7e\x80-\xff]*$/);
          }
        }
      }),
      runs,
    );
  });
});
