import type { Action, Cause, CauseCode, Confidence, EvidenceItem } from './cause';
import type { Facts } from './facts';
import type { Fix } from './fix';
import { addressIn, webAddress } from './apiMessage';

/** What a rule says; the rest (status, the API's own words, help links) is added to every cause alike. */
export interface Draft {
  readonly code: CauseCode;
  readonly confidence: Confidence;
  readonly action: Action;
  readonly evidence: readonly (EvidenceItem | undefined)[];
  readonly data?: Readonly<Record<string, string | number | undefined>>;
  readonly fixes?: readonly (Fix | undefined)[];
  readonly also?: readonly CauseCode[];
}

/** Completes a draft: nothing is repeated, and every cause carries what the API said and the link it gave. */
export function makeCause(facts: Facts, draft: Draft): Cause {
  const status = facts.response ? facts.statusItem : undefined;
  // What was found out comes first, then the API's own sentence, and what has to be looked up in headers after it.
  const isHeader = (item: EvidenceItem | undefined): boolean => item?.kind === 'header';
  const found = draft.evidence.filter((item) => !isHeader(item));
  const own = facts.saidItem?.kind === 'body' ? facts.saidItem : undefined;
  const headers = draft.evidence.filter(isHeader);
  const all = [...found, own, ...headers, facts.saidItem, ...tellingDetails(facts), status];
  const evidence = withoutParts(unique(all.filter((item) => item !== undefined)));
  const data: Record<string, string | number> = { api: facts.api, credential: credentialNoun(facts) };
  for (const [name, value] of Object.entries(draft.data ?? {})) if (value !== undefined) data[name] = value;
  const link = helpLink(facts);
  const fixes = [...(draft.fixes ?? []), link].filter((fix) => fix !== undefined);
  const said = facts.message.main?.text ?? facts.challengeParam('error_description');
  return {
    code: draft.code,
    confidence: draft.confidence,
    action: draft.action,
    evidence,
    data,
    fixes: unique(fixes),
    ...(said === undefined ? {} : { said }),
    ...(draft.also && draft.also.length > 0 ? { also: draft.also } : {}),
  };
}

/** The challenge, and the codes beside the sentence: what a person would look up. */
function tellingDetails(facts: Facts): EvidenceItem[] {
  const items: EvidenceItem[] = [];
  if (facts.isRefusal || facts.challenges.length > 0) {
    const challenge = facts.headerItem('WWW-Authenticate');
    if (challenge) items.push(challenge);
  }
  const { codes, details, main } = facts.message;
  for (const said of [...codes.filter(({ text }) => !/^\d{1,3}$/.test(text)).slice(0, 3), ...details.slice(0, 2)]) {
    // `about:blank` is how a problem document says that it has no type of its own (RFC 9457 section 4.2.1).
    if (said.text === main?.text || said.text === 'about:blank') continue;
    // The status in words is on show already.
    if (said.text.toLowerCase() === facts.response?.statusText.toLowerCase()) continue;
    items.push({ kind: 'body', text: said.text, ...(said.pointer === undefined ? {} : { pointer: said.pointer }) });
  }
  return items;
}

/** `token`, `key`, `password`, `signature` or `credential`: a code, worded in `words.ts`. */
function credentialNoun(facts: Facts): string {
  const credential = facts.credential;
  if (!credential) return 'credential';
  const field = credential.use?.field ?? '';
  if (credential.word === 'basic' || /password/i.test(field)) return 'password';
  if (credential.jwt || credential.word === 'bearer' || /token/i.test(field)) return 'token';
  if (/key/i.test(field) || /key/i.test(credential.placement.name)) return 'key';
  if (credential.word === 'aws4-hmac-sha256' || credential.word === 'digest' || credential.word === 'oauth')
    return 'signature';
  return credential.placement.in === 'cookie' ? 'session' : 'credential';
}

/** The help the API offers: in its body, in a `Link` field (RFC 8288) with `rel=help`, or named in another header. */
function helpLink(facts: Facts): Fix | undefined {
  const rel = /<([^<>]{1,2048})>\s*;[^,]*rel\s*=\s*"?(?:help|about|type)\b/i.exec(facts.header('link') ?? '')?.[1];
  const named = facts.headers.find(
    ({ name, value }) => /sso|denied-reason|help|documentation/i.test(name) && /https?:/.test(value),
  );
  const url = webAddress(rel) ?? (named ? addressIn(named.value) : undefined) ?? facts.message.help;
  return url === undefined ? undefined : { kind: 'openLink', url, what: 'help' };
}

/** A header quoted in part and in whole is quoted in whole, once, where the first stood. */
function withoutParts(items: readonly EvidenceItem[]): EvidenceItem[] {
  const kept: EvidenceItem[] = [];
  for (const item of items) {
    const twin = kept.findIndex(
      (other) =>
        other.kind === 'header' &&
        item.kind === 'header' &&
        other.hop === item.hop &&
        other.name.toLowerCase() === item.name.toLowerCase() &&
        (other.text.includes(item.text) || item.text.includes(other.text)),
    );
    if (twin < 0) kept.push(item);
    else if (item.kind === 'header' && item.text.length > (kept[twin] as typeof item).text.length) kept[twin] = item;
  }
  return kept;
}

function unique<T>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = JSON.stringify(item);
    return !seen.has(key) && seen.add(key);
  });
}
