import { lastHopWasSent } from '../http/exchange';
import { MASK, maskOf } from '../util/mask';
import type { Sent, SentCredential } from './cause';
import type { Carried } from './credential';
import { secretPart, takesParameters } from './credential';
import type { Facts } from './facts';

/** What the request carried, with a mask in the place of every secret. */
export function describeSent(facts: Facts): Sent {
  const { unsigned, exchange } = facts.evidence;
  // Nothing was sent where the first connection was never made; after a redirect the hop before it was.
  const unreached = exchange.hops.length <= 1 && !lastHopWasSent(exchange);
  const credentials = unreached ? [] : facts.carried.map((credential) => describe(facts, credential));
  const origin = originOfFirst(exchange.hops[0]?.request.url);
  return {
    credentials,
    ...(unreached ? { unreached } : {}),
    ...(unsigned === undefined ? {} : { unsigned }),
    ...(origin === undefined ? {} : { origin }),
  };
}

function describe(facts: Facts, { placement, use, word, value }: Carried): SentCredential {
  const service = facts.evidence.service;
  const mask = takesParameters(word) ? MASK : maskOf(use?.value ?? secretPart(word, value));
  return {
    text: word === '' ? mask : `${word.charAt(0).toUpperCase()}${word.slice(1)} ${mask}`,
    placement,
    ...(use?.service === undefined
      ? {}
      : { service: { id: use.service, name: service?.id === use.service ? service.name : use.service } }),
    ...(use ? { field: use.field } : {}),
  };
}

function originOfFirst(url: string | undefined): string | undefined {
  try {
    return url === undefined ? undefined : new URL(url).origin;
  } catch {
    return undefined;
  }
}
