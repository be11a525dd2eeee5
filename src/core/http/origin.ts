/**
 * The origin of a URL (RFC 6454 section 4): scheme, host and port, e.g. `https://api.example.com` or
 * `http://127.0.0.1:8080`. Undefined where the text is no http(s) URL.
 */
export function originOf(url: string): string | undefined {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return undefined;
  }
  return parsed.protocol === 'http:' || parsed.protocol === 'https:' ? parsed.origin : undefined;
}

/** True where a host name means this machine: `localhost`, `*.localhost` (RFC 6761 section 6.3), 127.0.0.0/8, `[::1]`. */
export function isLoopback(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '');
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    host === '::1' ||
    /^127(?:\.\d{1,3}){3}$/.test(host)
  );
}
