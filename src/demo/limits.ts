import { json, problem } from './answer';
import type { Call } from './call';

const waitSeconds = 5;

/**
 * Refuses until the wait it asked for is over, then answers once: so that waiting, which is the remedy, can be seen to
 * work (RFC 6585, section 4).
 */
export function limited(call: Call): void {
  const now = call.demo.now();
  if (call.demo.limitedUntil !== undefined && now >= call.demo.limitedUntil) {
    call.demo.limitedUntil = undefined;
    return json(call, 200, { waited: true, note: 'The next call opens a new wait.' });
  }
  call.demo.limitedUntil ??= now + waitSeconds * 1000;
  const seconds = Math.ceil((call.demo.limitedUntil - now) / 1000);
  problem(
    call,
    {
      status: 429,
      type: `${call.demo.url}/help/limits`,
      title: 'Too Many Requests',
      detail: `This API allows one call in ${waitSeconds} seconds. Wait ${seconds} s.`,
    },
    {
      'Retry-After': String(seconds),
      'RateLimit-Limit': '1',
      'RateLimit-Remaining': '0',
      'RateLimit-Reset': String(seconds),
    },
  );
}

/** The account is known and the credential is good, but nobody paid. */
export function unpaid(call: Call): void {
  problem(call, {
    status: 402,
    type: `${call.demo.url}/help/billing`,
    title: 'Payment Required',
    detail: 'The demo account is switched off: its last invoice is not paid. A new credential will not change that.',
  });
}

/** A proxy on the way that wants a credential of its own. */
export function proxy(call: Call): void {
  problem(
    call,
    { status: 407, title: 'Proxy Authentication Required', detail: 'The proxy refused; the API never saw the call.' },
    { 'Proxy-Authenticate': 'Basic realm="demo proxy"' },
  );
}
