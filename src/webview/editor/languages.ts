import { jsonLanguage } from '@codemirror/lang-json';
import { xmlLanguage } from '@codemirror/lang-xml';
import { LRLanguage, foldInside, foldNodeProp, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { parser as htmlParser } from '@lezer/html';
import type { BodyLanguage } from '../../protocol/panelState';
import { highlightStyle } from './theme';

/** UTF-16 code units beyond which a body is shown as plain text: the parsers would cost more than the colours are worth. */
export const HIGHLIGHT_LIMIT = 1_000_000;

/** HTML without the parsers of scripts and styles in it: they would double the bundle for bodies nobody edits here. */
const htmlLanguage = LRLanguage.define({
  name: 'html',
  parser: htmlParser.configure({
    props: [
      foldNodeProp.add({
        Element(node) {
          const [first, last] = [node.firstChild, node.lastChild];
          if (!first || first.name !== 'OpenTag') return null;
          return { from: first.to, to: last?.name === 'CloseTag' ? last.from : node.to };
        },
        Script: foldInside,
      }),
    ],
  }),
});

const extensions: Readonly<Record<BodyLanguage, Extension>> = {
  json: jsonLanguage,
  xml: xmlLanguage,
  html: htmlLanguage,
  text: [],
};

/** Colours and folding for a body; nothing for plain text and for a body over the limit. */
export function languageFor(language: BodyLanguage, length: number): Extension {
  return language === 'text' || length > HIGHLIGHT_LIMIT
    ? []
    : [extensions[language], syntaxHighlighting(highlightStyle)];
}
