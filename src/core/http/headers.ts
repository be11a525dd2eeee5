/** One header field as it stands in a message (RFC 9110 section 6.3): the name keeps the case it was written in. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** The header fields of a message, in order; a name may occur several times. Plain data: it can be sent to a webview. */
export type Headers = readonly HeaderField[];

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The first value of a header, or undefined. Names compare without case (RFC 9110 section 5.1). */
export function getHeader(headers: Headers, name: string): string | undefined {
  return headers.find((field) => same(field.name, name))?.value;
}

/** All values of a header, one for each field line. */
export function getHeaders(headers: Headers, name: string): string[] {
  return headers.filter((field) => same(field.name, name)).map((field) => field.value);
}

export function hasHeader(headers: Headers, name: string): boolean {
  return headers.some((field) => same(field.name, name));
}

/** The list with one field for this name: in the place of the first one it had, else at the end. */
export function setHeader(headers: Headers, name: string, value: string): Headers {
  const at = headers.findIndex((field) => same(field.name, name));
  if (at < 0) return [...headers, { name, value }];
  return headers.flatMap((field, index) => {
    if (!same(field.name, name)) return [field];
    return index === at ? [{ name, value }] : [];
  });
}

/** The list without the fields of these names. */
export function withoutHeaders(headers: Headers, names: Iterable<string>): Headers {
  const gone = new Set([...names].map((name) => name.toLowerCase()));
  return headers.filter((field) => !gone.has(field.name.toLowerCase()));
}

/** Reads Node's flat `rawHeaders` array (name, value, name, value, …) without losing order, case or repetition. */
export function fromRawHeaders(raw: readonly string[]): Headers {
  const fields: HeaderField[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) fields.push({ name: raw[i] ?? '', value: raw[i + 1] ?? '' });
  return fields;
}
