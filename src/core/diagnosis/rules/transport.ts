import type { TransportFailure, TransportFailureCode } from '../../http/exchange';
import { isLoopback } from '../../http/origin';
import type { Action, EvidenceItem } from '../cause';
import type { Facts } from '../facts';
import type { Fix } from '../fix';
import { changeAddress } from '../fixes';
import { makeCause } from '../makeCause';
import type { Rule } from './rule';

/** No response at all: which phase failed, at which host and port, and what usually mends it. */
export const transport: Rule = (facts) => {
  const { outcome } = facts.evidence.exchange;
  if (outcome.kind !== 'failure') return undefined;
  const { failure } = outcome;
  const host = failure.host ?? facts.host;
  const fault = facts.faults.find(({ certain }) => certain);
  if (failure.code === 'bad-request' && fault) {
    // The credential itself is what Node's client refuses to write; the rule for malformed credentials says it better.
    return undefined;
  }
  const port = failure.port ?? (Number(facts.url?.port) || (facts.url?.protocol === 'https:' ? 443 : 80));
  return makeCause(facts, {
    code: `transport-${failure.code}`,
    confidence: failure.code === 'unknown' || failure.code === 'reset' ? 'likely' : 'certain',
    action: ACTIONS[failure.code] ?? 'none',
    evidence: [...system(failure), ...certificate(failure)],
    data: {
      host,
      port,
      local: isLoopback(host) ? 'yes' : undefined,
      protocol: facts.url?.protocol.slice(0, -1),
      phase: failure.phase,
      names: failure.certificateNames?.join(', '),
      issuer: failure.tls?.issuer,
      validFrom: failure.tls?.validFrom,
      validTo: failure.tls?.validTo,
      seconds: Math.round(facts.evidence.exchange.totalMs / 1000),
      systemCode: failure.systemCode,
    },
    fixes: fixesOf(facts, failure, host),
  });
};

const ACTIONS: Partial<Record<TransportFailureCode, Action>> = {
  'dns-not-found': 'fix-host',
  refused: 'fix-host',
  unreachable: 'fix-host',
  'tls-wrong-name': 'fix-host',
  'tls-protocol': 'fix-host',
  'tls-not-yet-valid': 'fix-clock',
  'tls-client-certificate': 'add-client-certificate',
  proxy: 'configure-proxy',
  timeout: 'wait-and-retry',
};

function system({ systemCode, detail }: TransportFailure): EvidenceItem[] {
  const text = [systemCode, detail].filter((part) => part !== undefined && part !== '').join(': ');
  return text === '' ? [] : [{ kind: 'system', text }];
}

function certificate({ certificateNames, tls }: TransportFailure): EvidenceItem[] {
  const items: [Extract<EvidenceItem, { kind: 'certificate' }>['field'], string | undefined][] = [
    ['names', certificateNames?.join(', ')],
    ['subject', tls?.subject],
    ['issuer', tls?.issuer],
    ['validFrom', tls?.validFrom],
    ['validTo', tls?.validTo],
  ];
  return items.flatMap(([field, text]) =>
    text === undefined || text === '' ? [] : [{ kind: 'certificate', field, text }],
  );
}

function fixesOf(facts: Facts, { code }: TransportFailure, host: string): readonly (Fix | undefined)[] {
  const { service } = facts.evidence;
  const again: Fix = { kind: 'sendAgain' };
  const address = changeAddress(facts);
  const verification: Fix | undefined = service && { kind: 'editService', service: service.id, at: 'tls' };
  const proxy: Fix = { kind: 'openSetting', key: 'http.proxy' };
  switch (code) {
    case 'refused':
      return isLoopback(host) ? [again, address] : [address, again];
    case 'dns-not-found':
    case 'unreachable':
      return [address, again, proxy];
    case 'dns-failed':
    case 'reset':
      return [again, address];
    case 'timeout':
      return [again, { kind: 'openSetting', key: 'latchkey.request.timeout' }];
    case 'tls-untrusted':
    case 'tls-self-signed':
      return [{ kind: 'openSetting', key: 'http.systemCertificates' }, verification, address];
    case 'tls-expired':
      return [{ kind: 'copyQuestion' }, again, verification];
    case 'tls-not-yet-valid':
      return [again, { kind: 'copyQuestion' }, verification];
    case 'tls-wrong-name':
    case 'tls-protocol':
      return [address, verification, again];
    case 'tls-client-certificate':
      return [{ kind: 'copyQuestion' }, again];
    case 'proxy':
      return [proxy, again];
    case 'bad-request':
      return [{ kind: 'editRequest', at: 'header' }];
    case 'bad-response':
      return [address, again];
    case 'cancelled':
    case 'unknown':
      return [again];
  }
}
