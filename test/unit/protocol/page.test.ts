import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { Redacted } from '../../../src/core/redaction/redacted';
import { panelHtml } from '../../../src/protocol/page';
import type { PanelState } from '../../../src/protocol/panelState';
import { ok } from '../../fixtures/panelStates';
import { panelStrings } from '../../fixtures/panelStrings';

/** The page of a state; the fixtures stand for what redaction has been through. */
const pageOf = (state?: PanelState, nonce = 'bm9uY2U') =>
  panelHtml({
    nonce,
    scriptUri: 'https://x.test/webview.js?a=1&b="2"',
    strings: panelStrings,
    state: state as Redacted<PanelState>,
  });

const unescape = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
const attribute = (html: string, name: string) => {
  const value = new RegExp(` ${name}="([^"]*)"`).exec(html)?.[1];
  return value === undefined ? undefined : unescape(value);
};

describe('the panel’s page', () => {
  it('allows its own script and styles by nonce, and nothing else', () => {
    const [, content = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(pageOf()) ?? [];
    assert.deepEqual(content.split('; '), [
      `default-src 'none'`,
      `script-src 'nonce-bm9uY2U'`,
      `style-src 'nonce-bm9uY2U'`,
      `style-src-attr 'unsafe-inline'`,
      `img-src data:`,
      `base-uri 'none'`,
      `form-action 'none'`,
    ]);
  });

  it('has one script, no inline one', () => {
    const scripts = pageOf().match(/<script[^]*?<\/script>/g) ?? [];
    assert.deepEqual(scripts, [
      '<script nonce="bm9uY2U" src="https://x.test/webview.js?a=1&amp;b=&quot;2&quot;"></script>',
    ]);
  });

  it('carries words and state unharmed', () => {
    assert.deepEqual(JSON.parse(attribute(pageOf(ok), 'data-strings') ?? ''), panelStrings);
    assert.deepEqual(JSON.parse(attribute(pageOf(ok), 'data-state') ?? ''), ok);
    assert.equal(attribute(pageOf(), 'data-state'), undefined);
  });

  it('keeps any text a server can send inside its attribute', () => {
    const evil = fc.string({
      unit: fc.constantFrom('"', "'", '<', '>', '&', '/', 'a', '=', ' ', '\u2028', '\0', '&quot;'),
    });
    fc.assert(
      fc.property(evil, (title) => {
        const html = pageOf({ ...ok, title });
        assert.equal(html.match(/<script/g)?.length, 1);
        assert.equal((JSON.parse(attribute(html, 'data-state') ?? '') as PanelState).title, title);
      }),
    );
  });
});
