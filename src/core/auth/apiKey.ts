import { setHeader } from '../http/headers';
import { cookieValue, setCookie } from './cookie';
import { encode, setQueryParameter } from './query';
import type { AuthScheme, FieldProblem, Placement, SchemeSettings } from './scheme';

/** RFC 9110 section 5.6.2: what the name of a header, and of a cookie (RFC 6265 section 4.1.1), is made of. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** Header fields that frame or route the message: a key there would break it, not authenticate it. */
const RESERVED = new Set([
  'host',
  'content-length',
  'content-type',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'keep-alive',
  'te',
  'trailer',
  'upgrade',
  'expect',
  'cookie',
  'proxy-authorization',
]);

const SUGGESTIONS: Readonly<Record<string, string>> = { header: 'X-API-Key', query: 'api_key', cookie: 'api_key' };

/** A key in a header, a query parameter or a cookie (OpenAPI's `apiKey`), under a name that the API chooses. */
export const apiKey: AuthScheme = {
  id: 'apiKey',
  fields: [
    { name: 'in', secret: false, choices: ['header', 'query', 'cookie'], suggestion: 'header' },
    {
      name: 'name',
      secret: false,
      suggest: (settings) => SUGGESTIONS[settings['in'] ?? ''],
      validate: nameProblem,
    },
    { name: 'key', secret: true },
  ],
  choices: [
    { code: 'apiKey.header', settings: { in: 'header' } },
    { code: 'apiKey.query', settings: { in: 'query' } },
    { code: 'apiKey.cookie', settings: { in: 'cookie' } },
  ],
  placements: (settings) => [placementOf(settings)],
  sign: async (request, settings, context) => {
    const value = context.secret('key');
    const placement = placementOf(settings);
    const { name } = placement;
    const use = { service: context.service, field: 'key', value, placement };
    if (placement.in === 'query') {
      return {
        request: { ...request, url: setQueryParameter(request.url, name, value) },
        used: [{ ...use, wire: `${encode(name)}=${encode(value)}` }],
      };
    }
    if (placement.in === 'cookie') {
      const text = cookieValue(value);
      return {
        request: { ...request, headers: setCookie(request.headers, name, text) },
        used: [{ ...use, wire: `${name}=${text}` }],
      };
    }
    return {
      request: { ...request, headers: setHeader(request.headers, name, value) },
      used: [{ ...use, wire: value }],
    };
  },
};

function placementOf(settings: SchemeSettings): Exclude<Placement, { in: 'body' }> {
  const where = settings['in'];
  return { in: where === 'query' || where === 'cookie' ? where : 'header', name: settings['name'] ?? '' };
}

function nameProblem(value: string, settings: SchemeSettings = {}): FieldProblem | undefined {
  if (value.trim() === '') return 'empty';
  if (settings['in'] === 'query') return /\p{Cc}/u.test(value) ? 'control-character' : undefined;
  if (!TOKEN.test(value)) return 'not-a-token';
  return settings['in'] !== 'cookie' && RESERVED.has(value.toLowerCase()) ? 'reserved-name' : undefined;
}
