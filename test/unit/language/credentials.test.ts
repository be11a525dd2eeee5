import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, it } from 'mocha';
import { placeCredentials } from '../../../src/core/language/credentials';
import { parseDocument } from '../../../src/core/language/parser';
import { resolveRequest } from '../../../src/core/language/resolve';
import { still } from './context';

describe('credentials: placing', () => {
  /** The request of a text with `secret` wherever it refers to one. */
  function place(text: string, secret: string) {
    const parsed = parseDocument(text);
    const [node] = parsed.document.requests;
    assert.ok(node);
    const { request, problems } = resolveRequest(parsed, node, { dynamic: still() });
    assert.ok(request, JSON.stringify(problems));
    const { target, headers, body, placed } = placeCredentials(request, () => secret);
    return { target, headers, body: new TextDecoder().decode(body), placed };
  }

  it('keeps a value one value, whatever is in it', () => {
    const secret = `a&b=c#d"e/é\\$& ${randomUUID()}`;
    const text =
      'POST https://a.example/{{$secret s f}}?k={{$secret s f}}&l=1\nX-K: a {{$secret s f}}\nContent-Type: application/json\n\n' +
      '{"k": "{{$secret s f}}"}';
    const { target, headers, body, placed } = place(text, secret);
    const url = new URL(target);
    assert.equal(decodeURIComponent(url.pathname.slice(1)), secret);
    assert.deepEqual(
      [...url.searchParams],
      [
        ['k', secret],
        ['l', '1'],
      ],
    );
    assert.equal(headers[0]?.value, `a ${secret}`);
    assert.deepEqual(JSON.parse(body), { k: secret });
    assert.equal(placed.length, 4);
    for (const { wire } of placed) assert.ok([target, headers[0]?.value, body].some((part) => part?.includes(wire)));
  });

  it('percent-encodes in a form', () => {
    const secret = `a&b=c+d ${randomUUID()}`;
    const text = 'POST https://a.example/\nContent-Type: application/x-www-form-urlencoded\n\nk={{$secret s f}}&l=1';
    assert.deepEqual(
      [...new URLSearchParams(place(text, secret).body)],
      [
        ['k', secret],
        ['l', '1'],
      ],
    );
  });

  it('leaves a plain body as it is', () => {
    const secret = `"${randomUUID()}`;
    assert.equal(place('POST https://a.example/\n\n<{{$secret s f}}>', secret).body, `<${secret}>`);
  });
});
