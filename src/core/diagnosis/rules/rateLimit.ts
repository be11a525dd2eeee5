import type { EvidenceItem } from '../cause';
import type { Facts } from '../facts';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** Too many calls: 429 (RFC 6585 section 4), or a 403, 400 or 200 that says so or whose quota header stands at 0. */
export const rateLimit: Rule = (facts) => {
  const { status } = facts;
  if (status >= 500 || (status >= 300 && status < 400)) return undefined;
  const said = facts.saysSurely('rate');
  const spent = status === 403 ? (facts.headerItem('Retry-After') ?? spentQuota(facts)) : undefined;
  if (status !== 429 && !spent && !(said && status !== 404 && status !== 422)) return undefined;
  const retryAt = retryTime(facts);
  return makeCause(facts, {
    code: 'rate-limited',
    confidence: status === 429 || (said && spent) ? 'certain' : 'likely',
    action: 'wait-and-retry',
    evidence: [retryAt?.item, spent, said],
    data: { retryAt: retryAt?.at, observedAt: facts.evidence.now, status },
    fixes: [retryAt ? { kind: 'wait', until: retryAt.at } : { kind: 'sendAgain' }],
  });
};

function spentQuota(facts: Facts): EvidenceItem | undefined {
  const field = facts.headers.find(
    ({ name, value }) => /rate-?limit.*remaining/i.test(name) && /^0$/.test(value.trim()),
  );
  return field && { kind: 'header', name: field.name, text: field.value, hop: facts.hop };
}

/** When to try again by our clock (milliseconds), and where the answer says so. Never before now, at most a week ahead. */
export function retryTime(facts: Facts): { readonly at: number; readonly item: EvidenceItem } | undefined {
  const { now } = facts.evidence;
  // A time by the server's clock is moved to ours.
  const offset = now - facts.serverTime;
  for (const { name, value } of facts.headers) {
    if (!/^(?:retry-after(?:-ms)?|.*rate-?limit.*reset.*|ratelimit)$/i.test(name)) continue;
    const at = timeOf(name.toLowerCase(), value.trim(), now, offset);
    if (at !== undefined && at - now < 7 * 86_400_000) {
      return { at: Math.max(at, now), item: { kind: 'header', name, text: value, hop: facts.hop } };
    }
  }
  const text = facts.message.main?.text ?? '';
  const wait =
    /\b(?:try again|retry|wait)[^.]{0,40}?\bin (?:about )?(\d{1,6}(?:\.\d{1,4})?) ?(ms|milliseconds?|s|sec(?:ond)?s?|m|min(?:ute)?s?|h(?:our)?s?)\b/i.exec(
      text,
    );
  const epoch = /\b(?:retry|try again)[^.]{0,20}?\bat (\d{10,13})\b/i.exec(text)?.[1];
  const item = facts.saidItem;
  if (!item) return undefined;
  if (wait) return { at: now + duration(`${wait[1]}${wait[2]}`), item };
  if (epoch === undefined) return undefined;
  return { at: Math.max(now, Number(epoch) * (epoch.length > 10 ? 1 : 1000) + offset), item };
}

function timeOf(name: string, value: string, now: number, offset: number): number | undefined {
  if (name === 'retry-after-ms') return /^\d+(?:\.\d+)?$/.test(value) ? now + Number(value) : undefined;
  // `RateLimit: "default";r=0;t=30`, draft-ietf-httpapi-ratelimit-headers.
  if (name === 'ratelimit') {
    const seconds = /[;,]\s*(?:t|reset)\s*=\s*(\d+)/.exec(value)?.[1];
    return seconds === undefined ? undefined : now + Number(seconds) * 1000;
  }
  if (/^\d+(?:\.\d+)?$/.test(value)) {
    const number = Number(value);
    if (number > 1e11) return number + offset;
    // A number this large is a time since the epoch, not a span.
    return number > 1e8 ? number * 1000 + offset : now + number * 1000;
  }
  if (/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/.test(value)) return now + duration(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date + offset;
}

/** `1m30s`, `250ms`, `2 hours` in milliseconds. */
function duration(text: string): number {
  let total = 0;
  for (const [, number, unit] of text.matchAll(/(\d+(?:\.\d+)?)\s*(ms|millisecond|s|m|h|d)/gi)) {
    const factor =
      { ms: 1, millisecond: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[(unit ?? 's').toLowerCase()] ?? 1000;
    total += Number(number) * factor;
  }
  return Math.ceil(total);
}
