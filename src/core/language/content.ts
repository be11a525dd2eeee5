import { escapeBytes, forbidden } from './percent';

/*
 * What a body becomes on the wire depends on its media type: forms are written over several lines, a multipart body has
 * CRLF line ends by definition (RFC 2046 section 4.1.1), NDJSON ends with a line end.
 */

/** `type/subtype` in lower case, without parameters; empty where there is none. */
export function mediaType(contentType: string | undefined): string {
  return (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** The text of a body as it is sent, with the line ends of the file already in it. */
export function wireText(text: string, contentType: string | undefined): string {
  const type = mediaType(contentType);
  // The line ends of the file are the editor's business: the same request sends the same bytes on every system.
  const lines = text.replace(/\r\n?/g, '\n');
  if (type === 'application/x-www-form-urlencoded') return formText(lines);
  if (type.startsWith('multipart/')) return `${lines.replaceAll('\n', '\r\n')}\r\n`;
  if (type === 'application/x-ndjson' || type === 'application/ndjson') return `${lines}\n`;
  return lines;
}

/** How a credential must be written in a body of this type. */
export function credentialEncoding(contentType: string | undefined): 'raw' | 'percent' | 'json' {
  const type = mediaType(contentType);
  if (type === 'application/x-www-form-urlencoded') return 'percent';
  return /[/+](?:json|x-ndjson|ndjson)$/.test(type) ? 'json' : 'raw';
}

/** `a = 1 &` line by line becomes `a=1&`; what a form may not hold is percent-encoded, what is encoded stays. */
function formText(lines: string): string {
  const joined = lines
    .split('\n')
    .map((line) => line.trim())
    .join('');
  const pairs = joined.split('&').map((pair) => {
    const equals = pair.indexOf('=');
    if (equals < 0) return pair.trim();
    return `${pair.slice(0, equals).trim()}=${pair.slice(equals + 1).trim()}`;
  });
  return pairs.join('&').replace(forbidden, escapeBytes).replaceAll('#', '%23');
}
