import { performance } from 'node:perf_hooks';
import { parseDocument } from '../../src/core/language/parser';
import { resolveRequest } from '../../src/core/language/resolve';

interface Figure {
  name: string;
  value: number;
  unit: string;
}

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

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/**
 * Figures of the language room: the first parse of 10 000 requests in this process, the growth from 1 000 to 10 000 to
 * 100 000 requests (10 is linear), and the resolving of one request with 50 variables.
 */
export async function benchLanguage(): Promise<Figure[]> {
  const document = largeDocument(10_000);
  const cold = milliseconds(() => parseDocument(document));
  const times = [1_000, 10_000, 100_000].map((requests) => {
    const text = largeDocument(requests);
    return median(Array.from({ length: requests > 50_000 ? 3 : 7 }, () => milliseconds(() => parseDocument(text))));
  });
  const [small = 0, middle = 0, large = 0] = times;

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

  const figure = (name: string, value: number, unit: string): Figure => ({ name, value, unit });
  return [
    figure(`parse 10 000 requests (${(document.length / 1e6).toFixed(1)} MB), cold`, cold, 'ms'),
    figure('parse 1 000 requests', small, 'ms'),
    figure('parse 10 000 requests', middle, 'ms'),
    figure('parse 100 000 requests', large, 'ms'),
    figure('parse growth, 1 000 to 10 000 requests', middle / small, 'times'),
    figure('parse growth, 10 000 to 100 000 requests', large / middle, 'times'),
    figure('resolve a request with 50 variables', resolving, 'ms'),
  ];
}
