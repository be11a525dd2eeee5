// The language room by itself: parsing files of growing length, and resolving one request.
import { parseDocument } from '../../src/core/language/parser';
import { resolveRequest } from '../../src/core/language/resolve';
import { median, milliseconds, times } from './figure';
import type { Figure } from './figure';

/** A document of so many requests, about 300 characters each: what a person's large file looks like. */
export function largeDocument(requests: number): string {
  const blocks = ['@host = https://api.example.com\n@version = v2\n'];
  for (let n = 0; n < requests; n++) {
    blocks.push(
      `### Change thing ${n}\n# @name thing${n}\nPOST {{host}}/{{version}}/things/${n}\n  ?verbose=true\n  &page=${n}\n` +
        `Content-Type: application/json\nAccept: application/json\nX-Trace: {{$guid}}\n\n` +
        `{\n  "id": ${n},\n  "name": "Thing number ${n}",\n  "tags": ["a", "b"],\n  "owner": { "host": "{{host}}" }\n}\n\n`,
    );
  }
  return blocks.join('');
}

/**
 * Figures of the language room: the first parse of 10 000 requests in this process, the growth from 1 000 to 10 000 to
 * 100 000 requests (10 × is linear), and the resolving of one request with 50 variables.
 */
export function benchLanguage(): Figure[] {
  const document = largeDocument(10_000);
  const cold = milliseconds(() => parseDocument(document));
  const parsing = [1_000, 10_000, 100_000].map((requests) => {
    const text = largeDocument(requests);
    // Small files are parsed more often: the growth compares warm code with warm code.
    const length = requests > 50_000 ? 3 : requests > 5_000 ? 9 : 61;
    return median(Array.from({ length }, () => milliseconds(() => parseDocument(text))));
  });
  const [small = 0, middle = 0, large = 0] = parsing;

  const names = Array.from({ length: 50 }, (_, n) => `v${n}`);
  const definitions = names.map((name, n) => `@${name} = ${n === 0 ? 'https://api.example.com' : `{{v${n - 1}}}${n}`}`);
  const variables = `${definitions.join('\n')}\n\nGET {{v0}}/things\n${names.map((name) => `X-${name}: {{${name}}}`).join('\n')}\n`;
  const parsed = parseDocument(variables);
  const [request] = parsed.document.requests;
  const dynamic = { now: () => Date.now(), random: () => Math.random(), uuid: () => crypto.randomUUID() };
  const resolve = (): void => {
    if (request === undefined || resolveRequest(parsed, request, { dynamic }).request === undefined) {
      throw new Error('the request of the bench does not resolve');
    }
  };
  resolve();
  const resolving = median(Array.from({ length: 200 }, () => milliseconds(resolve)));

  const size = `${(document.length / 1e6).toFixed(1)} MB`;
  return [
    { name: `parse 10 000 requests (${size}), first`, value: cold, unit: 'ms', note: 'of 1' },
    { name: 'parse 1 000 requests', value: small, unit: 'ms', note: 'of 61' },
    { name: 'parse 10 000 requests', value: middle, unit: 'ms', ratio: times(middle, small, '1 000'), note: 'of 9' },
    { name: 'parse 100 000 requests', value: large, unit: 'ms', ratio: times(large, middle, '10 000'), note: 'of 3' },
    { name: 'resolve a request with 50 variables', value: resolving, unit: 'ms', note: 'of 200' },
  ];
}
