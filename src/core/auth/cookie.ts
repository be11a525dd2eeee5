import { getHeaders, setHeader, type Headers } from '../http/headers';
import { wellFormed } from './query';

/** The pairs of the Cookie header fields (RFC 6265 section 4.2), in order. */
export function cookiePairs(headers: Headers): readonly { readonly name: string; readonly value: string }[] {
  return getHeaders(headers, 'Cookie')
    .flatMap((line) => line.split(';'))
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      return equals < 0
        ? { name: '', value: pair }
        : { name: pair.slice(0, equals).trim(), value: pair.slice(equals + 1).trim() };
    });
}

/**
 * The headers with this cookie, once, beside those that are there. They come out as one Cookie field, because a client
 * must not send two (RFC 6265 section 5.4).
 */
export function setCookie(headers: Headers, name: string, value: string): Headers {
  const present = cookiePairs(headers);
  const at = present.findIndex((pair) => pair.name === name);
  const kept = present.filter((pair, index) => pair.name !== name || index === at);
  const pairs = kept.map((pair) => (pair.name === name ? { name, value } : pair));
  if (at < 0) pairs.push({ name, value });
  const line = pairs.map((pair) => (pair.name === '' ? pair.value : `${pair.name}=${pair.value}`)).join('; ');
  return setHeader(headers, 'Cookie', line);
}

/**
 * A value as it can stand in a cookie: what RFC 6265 section 4.1.1 leaves out of `cookie-octet` (white space, quotes,
 * comma, semicolon, backslash, anything outside ASCII) is percent-encoded, as browsers' libraries do. The rest,
 * `%` included, stays as it is.
 */
export function cookieValue(value: string): string {
  return wellFormed(value).replace(/[^!#-+\--:<-[\]-~]/gu, (character) => encodeURIComponent(character));
}
