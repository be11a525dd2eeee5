/** Request headers that people write, the most common first (RFC 9110, 9111, 6265, 6454, and a few in wide use). */
export const headerNames: readonly string[] = (
  'Accept Content-Type Authorization User-Agent Cache-Control Cookie If-None-Match If-Match If-Modified-Since ' +
  'If-Unmodified-Since Accept-Encoding Accept-Language Content-Encoding Content-Language Content-Disposition ' +
  'Content-MD5 Date Depth Destination DNT Expect Forwarded From Host Idempotency-Key If-Range Link Max-Forwards ' +
  'Origin Overwrite Pragma Prefer Proxy-Authorization Range Referer SOAPAction TE Upgrade-Insecure-Requests Via ' +
  'X-API-Key X-Correlation-ID X-CSRF-Token X-Forwarded-For X-Forwarded-Host X-Forwarded-Proto X-HTTP-Method-Override ' +
  'X-Request-ID X-Requested-With traceparent tracestate'
).split(' ');

const mediaTypes: readonly string[] = [
  'application/json',
  'application/x-www-form-urlencoded',
  'application/xml',
  'text/plain',
  'text/html',
  'text/xml',
  'text/csv',
  'text/markdown',
  'application/graphql',
  'application/graphql-response+json',
  'application/hal+json',
  'application/javascript',
  'application/json-patch+json',
  'application/ld+json',
  'application/merge-patch+json',
  'application/octet-stream',
  'application/pdf',
  'application/problem+json',
  'application/soap+xml',
  'application/vnd.api+json',
  'application/x-ndjson',
  'application/yaml',
  'multipart/form-data; boundary=boundary',
  'text/event-stream',
];

/** Values that are often wanted, by the header's name in lower case. A value that goes on ends with a blank. */
export const headerValues: ReadonlyMap<string, readonly string[]> = new Map([
  ['accept', ['*/*', ...mediaTypes.filter((type) => !type.startsWith('multipart/'))]],
  ['content-type', mediaTypes],
  ['authorization', ['Bearer ', 'Basic ']],
  ['accept-encoding', ['gzip, deflate, br', 'gzip', 'br', 'identity']],
  ['content-encoding', ['gzip', 'br', 'deflate']],
  ['cache-control', ['no-cache', 'no-store', 'max-age=0', 'only-if-cached']],
  ['pragma', ['no-cache']],
  ['prefer', ['return=minimal', 'return=representation', 'respond-async']],
  ['expect', ['100-continue']],
  ['if-none-match', ['*']],
  ['if-match', ['*']],
  ['x-requested-with', ['XMLHttpRequest']],
  ['depth', ['0', '1', 'infinity']],
  ['overwrite', ['T', 'F']],
  ['x-http-method-override', ['PUT', 'PATCH', 'DELETE']],
]);
