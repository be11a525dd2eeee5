/*
 * The query of a URL as text: a parameter is put in without writing the others anew, because a server may sign or
 * compare the query byte by byte, and `URLSearchParams` would turn `%20` into `+` in all of it.
 */

export interface QueryParameter {
  /** Decoded; `+` is a space. */
  readonly name: string;
  /** Decoded; empty where there is no `=`. */
  readonly value: string;
  /** `name=value` as it stands in the URL. */
  readonly raw: string;
}

/** The parameters of a URL, or of a form body that is handed in as `?` and the body, in order. */
export function queryParameters(url: string): readonly QueryParameter[] {
  const { query } = split(url);
  if (query === undefined || query === '') return [];
  return query.split('&').map((raw) => {
    const equals = raw.indexOf('=');
    const name = equals < 0 ? raw : raw.slice(0, equals);
    return { name: decode(name), value: equals < 0 ? '' : decode(raw.slice(equals + 1)), raw };
  });
}

/** The URL with this parameter once: in the place of the first one of this name, else at the end. */
export function setQueryParameter(url: string, name: string, value: string): string {
  const { before, fragment } = split(url);
  const raw = `${encode(name)}=${encode(value)}`;
  const present = queryParameters(url);
  const at = present.findIndex((parameter) => parameter.name === name);
  const kept = present.flatMap((parameter, index) => {
    if (parameter.name !== name) return [parameter.raw];
    return index === at ? [raw] : [];
  });
  return `${before}?${[...kept, ...(at < 0 ? [raw] : [])].join('&')}${fragment}`;
}

function split(url: string): { readonly before: string; readonly query?: string; readonly fragment: string } {
  const hash = url.indexOf('#');
  const fragment = hash < 0 ? '' : url.slice(hash);
  const rest = hash < 0 ? url : url.slice(0, hash);
  const mark = rest.indexOf('?');
  return mark < 0 ? { before: rest, fragment } : { before: rest.slice(0, mark), query: rest.slice(mark + 1), fragment };
}

/** Everything but the unreserved characters of RFC 3986 section 2.3 is percent-encoded. */
export function encode(text: string): string {
  return encodeURIComponent(wellFormed(text)).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** Undoes percent-encoding and `+`; a text that is encoded badly comes out as it is. */
export function decode(text: string): string {
  const spaced = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}

/** Without lone surrogates, which no encoding can write: each becomes U+FFFD, as `TextEncoder` does it. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\uFFFD');
}
