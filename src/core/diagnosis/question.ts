import * as l10n from '@vscode/l10n';
import type { Exchange } from '../http/exchange';
import type { Redacted } from '../redaction/redacted';
import type { Diagnosis } from './cause';
import { explain } from './words';

const t = l10n.t;

/**
 * A question for the API's owner, ready to be sent: what was asked and when, what came back, the request id by which the
 * owner finds it, and what Latchkey makes of it. Takes redacted values only and gives plain text.
 */
export function questionText(exchange: Redacted<Exchange>, diagnosis: Redacted<Diagnosis>): string {
  const last = exchange.hops[exchange.hops.length - 1];
  const cause = diagnosis.causes[0];
  const lines: string[] = [];
  if (last) {
    lines.push(t('Request: {0} {1}', last.request.method, last.request.url));
    lines.push(t('Sent at: {0}', new Date(last.timings.startedAt).toISOString()));
  }
  for (const { text } of diagnosis.sent?.credentials ?? []) lines.push(t('Credential: {0}', text));
  const { outcome } = exchange;
  if (outcome.kind === 'response') {
    const { status, statusText, headers } = outcome.response;
    lines.push(t('Response: {0}', `${status} ${statusText}`.trim()));
    for (const { name, value } of headers) {
      if (
        /(?:request|trace|correlation|debug|transaction)-?id$|^(?:cf-ray|x-amz-id-2|audit-id|www-authenticate|date)$/i.test(
          name,
        )
      ) {
        lines.push(`${name}: ${value}`);
      }
    }
  } else {
    lines.push(t('No response: {0}', [outcome.failure.code, outcome.failure.detail].filter(Boolean).join(', ')));
  }
  if (cause?.said !== undefined) lines.push(t('The API says: {0}', cause.said));
  if (cause) lines.push('', explain(cause).headline);
  return lines.join('\n');
}
