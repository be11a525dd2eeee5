import { problem } from './answer';
import { headerValues, type Call, type Handler } from './call';
import { sameText } from './sameText';

/** Where the demo looks for its API key. */
export interface KeyPlace {
  readonly in: 'header' | 'query' | 'cookie';
  readonly name: string;
  /** Every value that stands there. */
  read(call: Call): readonly string[];
}

export const keyInHeader: KeyPlace = {
  in: 'header',
  name: 'X-Demo-Key',
  read: (call) => headerValues(call.request, 'X-Demo-Key'),
};

export const keyInQuery: KeyPlace = {
  in: 'query',
  name: 'demo_key',
  read: (call) => call.url.searchParams.getAll('demo_key'),
};

/** A cookie's value is compared as it came: cookies have no escapes of their own (RFC 6265, section 4.1.1). */
export const keyInCookie: KeyPlace = {
  in: 'cookie',
  name: 'demo_key',
  read: (call) =>
    headerValues(call.request, 'cookie')
      .flatMap((line) => line.split(';'))
      .map((pair) => pair.trim().split(/=(.*)/s))
      .filter(([name]) => name === 'demo_key')
      .map(([, value]) => value ?? ''),
};

/** Lets only calls with the demo's API key in this place through. */
export function withApiKey(place: KeyPlace, handler: Handler): Handler {
  return (call) => {
    const values = place.read(call);
    const value = values[0];
    if (values.length === 1 && value !== undefined && sameText(value, call.demo.tokens.apiKey)) return handler(call);
    problem(
      call,
      { status: 401, title: 'Unauthorized', detail: whatIsWrong(place, values) },
      // No registered scheme covers API keys, but a 401 must carry a challenge (RFC 9110, section 15.5.2).
      { 'WWW-Authenticate': `ApiKey realm="demo", in="${place.in}", name="${place.name}"` },
    );
  };
}

function whatIsWrong(place: KeyPlace, values: readonly string[]): string {
  const where = { header: 'header', query: 'query parameter', cookie: 'cookie' }[place.in];
  if (values.length === 0) return `This call needs an API key in the ${where} ${place.name}, and none was sent.`;
  if (values.length > 1) return `The ${where} ${place.name} was sent twice.`;
  return `The API key in the ${where} ${place.name} is unknown.`;
}
