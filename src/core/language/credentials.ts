import type { Headers } from '../http/headers';
import { percentEncoded } from './percent';
import type { CredentialReference, ResolvedRequest } from './resolution';
import type { MetCredential } from './variables';

/**
 * Where in a resolved request the credentials stand: one entry for each place a marker occurs in (the target, each query
 * parameter, each header, the body), because each is written, masked and stripped in its own way.
 */
export function findCredentials(
  met: readonly MetCredential[],
  target: string,
  headers: Headers,
  body: string | undefined,
  bodyEncoding: CredentialReference['encoding'],
): CredentialReference[] {
  const found: CredentialReference[] = [];
  for (const { marker, service, field, span } of met) {
    const base = { marker, service, span, ...(field === undefined ? {} : { field }) };
    if (target.includes(marker)) {
      const parameter = parameterWith(target, marker);
      found.push({ ...base, where: 'url', encoding: 'percent', ...(parameter === undefined ? {} : { parameter }) });
    }
    const names = new Set(headers.filter((field) => field.value.includes(marker)).map((field) => field.name));
    for (const header of names) found.push({ ...base, where: 'header', encoding: 'raw', header });
    if (body?.includes(marker)) found.push({ ...base, where: 'body', encoding: bodyEncoding });
  }
  return found;
}

/** The name of the query parameter whose value holds a marker; undefined where it stands in the path. */
function parameterWith(target: string, marker: string): string | undefined {
  const query = target.split('?').slice(1).join('?');
  for (const [name, value] of new URLSearchParams(query)) if (value.includes(marker)) return name;
  return undefined;
}

/** A credential written so that it stays one value where it stands. */
export function encodeCredential(encoding: CredentialReference['encoding'], secret: string): string {
  switch (encoding) {
    case 'raw':
      return secret;
    case 'percent':
      return percentEncoded(secret);
    case 'json':
      return JSON.stringify(secret).slice(1, -1);
  }
}

/**
 * Puts the credentials in the place of their markers. `secretOf` gives the value of a reference; it is asked once for each
 * entry of `request.credentials`. Gives the parts that change, and the exact text that stands for each reference.
 */
export function placeCredentials(
  request: Pick<ResolvedRequest, 'target' | 'headers' | 'body' | 'credentials'>,
  secretOf: (reference: CredentialReference) => string,
): Pick<ResolvedRequest, 'target' | 'headers' | 'body'> & {
  readonly placed: readonly {
    readonly reference: CredentialReference;
    readonly secret: string;
    readonly wire: string;
  }[];
} {
  let { target, headers } = request;
  let body =
    request.body === undefined ? undefined : new TextDecoder('utf-8', { ignoreBOM: true }).decode(request.body);
  const placed = request.credentials.map((reference) => {
    const secret = secretOf(reference);
    const wire = encodeCredential(reference.encoding, secret);
    const put = (text: string): string => text.replaceAll(reference.marker, () => wire);
    if (reference.where === 'url') target = put(target);
    else if (reference.where === 'body') body = body === undefined ? undefined : put(body);
    else {
      headers = headers.map((field) =>
        field.name === reference.header ? { ...field, value: put(field.value) } : field,
      );
    }
    return { reference, secret, wire };
  });
  return { target, headers, body: body === undefined ? undefined : new TextEncoder().encode(body), placed };
}
