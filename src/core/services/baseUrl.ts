import { isLoopback } from '../http/origin';

/** Why a text cannot be the base URL of a service. */
export type BaseUrlProblem =
  | { readonly code: 'empty' }
  | { readonly code: 'not-a-url' }
  /** `api.example.com/v1`: `suggestion` is the same with `https://`, or `http://` where it is this machine. */
  | { readonly code: 'no-scheme'; readonly suggestion: string }
  | { readonly code: 'not-http'; readonly scheme: string }
  | { readonly code: 'has-credentials' }
  | { readonly code: 'has-query' }
  | { readonly code: 'has-fragment' }
  /** `{{host}}`: a base URL is fixed, because the secret is bound to its origin. */
  | { readonly code: 'has-variable' };

export type BaseUrlCheck =
  | {
      readonly ok: true;
      /** Normalized (WHATWG URL): lower-case host, no default port, no dot segments, no trailing slash. */
      readonly url: string;
      readonly origin: string;
      /** The secret would travel unencrypted: http to anything but this machine. */
      readonly warning?: 'insecure';
    }
  | { readonly ok: false; readonly problem: BaseUrlProblem };

const refuse = (problem: BaseUrlProblem): BaseUrlCheck => ({ ok: false, problem });

/** Checks a base URL as it is typed. Never throws; white space around is ignored. */
export function validateBaseUrl(text: string): BaseUrlCheck {
  const trimmed = text.trim();
  if (trimmed === '') return refuse({ code: 'empty' });
  if (trimmed.includes('{{')) return refuse({ code: 'has-variable' });
  const scheme = /^([a-z][a-z0-9+.-]*):(?=\/\/)/i.exec(trimmed)?.[1]?.toLowerCase();
  if (scheme === undefined) return withoutScheme(trimmed);
  if (scheme !== 'http' && scheme !== 'https') return refuse({ code: 'not-http', scheme });
  const parsed = parse(trimmed);
  if (parsed === undefined) return refuse({ code: 'not-a-url' });
  // Before the query and the fragment, so that a secret in the address is what is named.
  if (parsed.username !== '' || parsed.password !== '' || authority(trimmed).includes('@'))
    return refuse({ code: 'has-credentials' });
  if (trimmed.includes('#')) return refuse({ code: 'has-fragment' });
  if (trimmed.includes('?')) return refuse({ code: 'has-query' });
  const url = parsed.origin + parsed.pathname.replace(/\/+$/, '');
  const insecure = parsed.protocol === 'http:' && !isLoopback(parsed.hostname);
  return { ok: true, url, origin: parsed.origin, ...(insecure ? { warning: 'insecure' as const } : {}) };
}

/** The part between `//` and the next `/`, `?` or `#`. */
function authority(text: string): string {
  return /^[^/]*\/\/([^/?#]*)/.exec(text)?.[1] ?? '';
}

/**
 * The WHATWG parser forgives too much here: it takes backslashes for slashes and drops line breaks, which makes an
 * address that reads as one host go to another.
 */
function parse(text: string): URL | undefined {
  if (/[\s\\<>"^`{}|]/.test(text)) return undefined;
  try {
    const url = new URL(text);
    return url.hostname === '' ? undefined : url;
  } catch {
    return undefined;
  }
}

function withoutScheme(text: string): BaseUrlCheck {
  // `mailto:x` has a scheme, `localhost:8080` and `api.example.com:443/v1` have a port.
  const other = /^([a-z][a-z0-9+.-]*):(?!\d+(?:\/|$))/i.exec(text)?.[1]?.toLowerCase();
  if (other === 'http' || other === 'https') return refuse({ code: 'not-a-url' });
  if (other !== undefined && !text.includes('@')) return refuse({ code: 'not-http', scheme: other });
  const host = text.replace(/^\/+/, '');
  const guess = parse(`https://${host}`);
  if (guess === undefined || !/^[^/]*[.:]|^localhost(?:\/|$)/i.test(host)) return refuse({ code: 'not-a-url' });
  if (guess.username !== '' || guess.password !== '') return refuse({ code: 'has-credentials' });
  return refuse({
    code: 'no-scheme',
    suggestion: `${isLoopback(guess.hostname) ? 'http' : 'https'}://${host}`,
  });
}
