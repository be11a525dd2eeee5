import type { SecretUse } from '../auth/scheme';
import type { Diagnosis } from '../diagnosis/cause';
import type { Exchange, Hop, Outcome } from '../http/exchange';
import { getHeader, type Headers } from '../http/headers';
import type { HttpResponse } from '../http/message';
import { binaryText } from '../http/secretForms';
import { inForm, inHeader, inJson, inUrl, type OwnNames, type Side } from './byName';
import { createByteFilter, type ByteFilter } from './byteFilter';
import { merge, spliceBytes, spliceText, type Interval } from './intervals';
import { marksOf, type Mark } from './marks';
import { isShort, Needles } from './needles';
import type { Redacted } from './redacted';

export type { ByteFilter } from './byteFilter';
export { splitAtMarks, type Mark } from './marks';

/** Makes values that may be shown, stored and logged. The secrets of one run stand behind it. */
export interface Redactor {
  /** A text with every secret masked, and with what its name makes sensitive in URLs. */
  text(text: string): Redacted<string>;
  /** A copy of an exchange: by value in every string and in the bodies, by name in headers, URLs, forms and JSON. */
  exchange(exchange: Exchange): Redacted<Exchange>;
  /** A copy of a diagnosis; links in fixes stay usable unless one of our secrets is in them. */
  diagnosis(diagnosis: Diagnosis): Redacted<Diagnosis>;
  /** A deep copy of plain data (no cycles, no class instances but Uint8Array), every string in it as `text` gives it. */
  value<T>(plain: T): Redacted<T>;
  /** For the file of a body that is too large for memory: masks by value, chunk by chunk. */
  byteFilter(): ByteFilter;
  /** The masks that stand for a secret of this run, and whose it is. */
  readonly marks: readonly Mark[];
}

/**
 * The one choke point of redaction. Takes every secret that was used or written in a request, and the names of services
 * by id; gives what makes redacted values. Masks by value first, in every form of `secretForms`, then by name.
 *
 * The mask is `••••7Qx2` for a secret of 16 characters and more, `••••` for a shorter one, and `•••` for something that
 * only its name makes sensitive. A secret of fewer than four characters is masked where it was put and under that name
 * everywhere, not wherever its letters occur (see `needles.ts`).
 */
export function createRedactor(used: readonly SecretUse[], names: (serviceId: string) => string | undefined): Redactor {
  const needles = new Needles(used);
  const own = namesOf(used);
  // In other data than headers and URLs the name of a long secret adds nothing, and may be an ordinary word.
  const ownMembers = namesOf(used.filter(({ value }) => isShort(value)));
  const splice = (text: string, byName: readonly Interval[]): string =>
    spliceText(text, merge([...needles.inText(text), ...byName]));

  const byValue = (text: string): string => splice(text, []);
  const inAddress = (text: string): string => splice(text, inUrl(text, own));
  const headers = (fields: Headers): Headers =>
    fields.map(({ name, value }) => ({ name: byValue(name), value: splice(value, inHeader(name, value, own)) }));

  function body(bytes: Uint8Array, contentType: string | undefined, side: Side, end?: 'cut'): Uint8Array {
    // One character for each byte, so that offsets in the text are offsets in the bytes, whatever the charset is.
    const text = binaryText(bytes);
    const isForm = /x-www-form-urlencoded/i.test(contentType ?? '');
    const byName = isForm ? inForm(text, own) : inJson(text, ownMembers, side);
    const cut = end === 'cut' ? needles.atCut(text) : [];
    return spliceBytes(bytes, merge([...needles.inBytes(text), ...byName, ...cut]));
  }

  function deep<T>(plain: T, text: (text: string) => string): T {
    const visit = (value: unknown): unknown => {
      if (typeof value === 'string') return text(value);
      if (typeof value !== 'object' || value === null) return value;
      if (value instanceof Uint8Array) return body(value, undefined, 'response');
      if (Array.isArray(value)) return value.map(visit);
      return Object.fromEntries(Object.entries(value).map(([key, member]) => [text(key), visit(member)]));
    };
    return visit(plain) as T;
  }

  function head(response: Omit<HttpResponse, 'body'>): Omit<HttpResponse, 'body'> {
    return {
      ...deep(response, byValue),
      headers: headers(response.headers),
      ...(response.trailers === undefined ? {} : { trailers: headers(response.trailers) }),
    };
  }

  function hop(one: Hop): Hop {
    const { request, response, redirect, ...rest } = one;
    return {
      ...deep(rest, byValue),
      request: {
        method: byValue(request.method),
        url: inAddress(request.url),
        headers: headers(request.headers),
        ...(request.body === undefined
          ? {}
          : { body: body(request.body, getHeader(request.headers, 'Content-Type'), 'request') }),
      },
      ...(response === undefined ? {} : { response: head(response) }),
      ...(redirect === undefined ? {} : { redirect: deep(redirect, inAddress) }),
    };
  }

  function outcome(end: Outcome): Outcome {
    if (end.kind === 'failure') return deep(end, inAddress);
    const { body: content, ...rest } = end.response;
    const { bytes, ...about } = content;
    // A body that breaks off, in memory or on the wire, may do so in the middle of a secret.
    const isCut = about.size > bytes.length || about.problem !== undefined;
    const masked = body(bytes, getHeader(rest.headers, 'Content-Type'), 'response', isCut ? 'cut' : undefined);
    const kept = masked.length === bytes.length ? {} : { keptBytes: bytes.length };
    return { kind: 'response', response: { ...head(rest), body: { ...deep(about, byValue), bytes: masked, ...kept } } };
  }

  const done = <T>(value: T): Redacted<T> => value as Redacted<T>;
  return {
    text: (text) => done(inAddress(text)),
    exchange: (exchange) => {
      const { hops, outcome: end, ...rest } = exchange;
      return done({ ...deep(rest, byValue), hops: hops.map(hop), outcome: outcome(end) });
    },
    diagnosis: ({ causes, sent }) =>
      done({
        ...(sent === undefined ? {} : { sent: deep(sent, byValue) }),
        causes: causes.map(({ fixes, evidence, ...rest }) => ({
          ...deep(rest, inAddress),
          fixes: deep(fixes, byValue),
          evidence: evidence.map((item) =>
            item.kind === 'header'
              ? { ...deep(item, inAddress), text: splice(item.text, inHeader(item.name, item.text, own)) }
              : deep(item, inAddress),
          ),
        })),
      }),
    value: (plain) => done(deep(plain, inAddress)),
    byteFilter: () => createByteFilter(needles),
    marks: marksOf(used, needles, names),
  };
}

function namesOf(used: readonly SecretUse[]): OwnNames {
  const names = used.map(({ placement }) => (placement.in === 'body' ? '' : placement.name.toLowerCase()));
  return new Set(names.filter((name) => name !== ''));
}

/** Marks what comes back from our own store as redacted: only redacted values are written there. */
export function fromStore<T>(stored: T): Redacted<T> {
  return stored as Redacted<T>;
}
