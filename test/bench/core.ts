// The core by itself, in this process: redaction of a large response, and the diagnosis of a small one.
import type { SecretUse } from '../../src/core/auth/scheme';
import { schemeById } from '../../src/core/auth/schemes';
import type { Evidence } from '../../src/core/diagnosis/cause';
import { diagnose } from '../../src/core/diagnosis/diagnose';
import type { Exchange } from '../../src/core/http/exchange';
import { createRedactor } from '../../src/core/redaction/redact';
import { newSecret } from '../rig/secrets';
import { median, milliseconds, times } from './figure';
import type { Figure } from './figure';

/** Figures of redaction (1 MB and 10 MB of JSON that echoes the token every 100 kB) and of `diagnose` on a small 401. */
export function benchCore(): Figure[] {
  const token = newSecret('token');
  const used: SecretUse = {
    service: 'bench',
    field: 'token',
    value: token,
    wire: `Bearer ${token}`,
    placement: { in: 'header', name: 'Authorization' },
  };
  const redact = (megabytes: number): number => {
    const large = exchange(used.wire, 200, jsonOf(megabytes * 1e6, token));
    return median(
      Array.from({ length: 7 }, () =>
        milliseconds(() => {
          createRedactor([used], () => 'Bench').exchange(large);
        }),
      ),
    );
  };
  const one = redact(1);
  const ten = redact(10);
  const evidence = refused(used);
  if (diagnose(evidence).causes.length === 0) throw new Error('the 401 of the bench has no cause');
  const diagnosing = median(Array.from({ length: 500 }, () => milliseconds(() => void diagnose(evidence))));
  return [
    { name: 'redact a response of 1 MB', value: one, unit: 'ms', note: 'of 7' },
    { name: 'redact a response of 10 MB', value: ten, unit: 'ms', ratio: times(ten, one, '1 MB'), note: 'of 7' },
    { name: 'diagnose a 401', value: diagnosing, unit: 'ms', note: 'of 500' },
  ];
}

/** JSON of about so many bytes. */
function jsonOf(size: number, token: string): string {
  const items: string[] = [];
  for (let length = 0, n = 0; length < size; n++) {
    const echo = n % 600 === 0 ? `, "youSent": "Bearer ${token}"` : '';
    const item = `{ "id": ${n}, "name": "Thing number ${n}", "tags": ["a", "b"], "note": "${'words '.repeat(16)}"${echo} }`;
    items.push(item);
    length += item.length + 2;
  }
  return `[${items.join(', ')}]`;
}

function exchange(authorization: string, status: number, body: string): Exchange {
  const bytes = new TextEncoder().encode(body);
  const headers = [{ name: 'Content-Type', value: 'application/json' }];
  const response = { status, statusText: '', httpVersion: '1.1', headers };
  return {
    id: 'bench',
    hops: [
      {
        request: {
          method: 'GET',
          url: 'https://api.example.com/things',
          headers: [{ name: 'Authorization', value: authorization }],
        },
        response,
        timings: { startedAt: 0, total: 1 },
        reusedConnection: false,
        signed: true,
      },
    ],
    outcome: {
      kind: 'response',
      response: { ...response, body: { bytes, size: bytes.length, encodedSize: bytes.length } },
    },
    tlsVerified: true,
    totalMs: 1,
  };
}

function refused(used: SecretUse): Evidence {
  const scheme = schemeById('bearer');
  if (!scheme) throw new Error('there is no scheme "bearer"');
  const service = { id: 'bench', name: 'Bench', baseUrl: 'https://api.example.com', scheme, settings: {} };
  const body = JSON.stringify({ error: { code: 'invalid_token', message: 'The access token is not valid.' } });
  return { exchange: exchange(used.wire, 401, body), used: [used], service, now: Date.UTC(2025, 0, 1) };
}
