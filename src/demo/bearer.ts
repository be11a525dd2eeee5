import { problem } from './answer';
import { headerValues, type Call, type Handler } from './call';
import { readJwt } from './jwt';
import { sameText } from './sameText';
import { scopes } from './tokens';

/*
 * The server's side of RFC 6750, written apart from the client's so that each checks the other.
 */

/** Who is calling and what they may do. */
interface Granted {
  readonly kind: 'granted';
  readonly scopes: readonly string[];
}

/** Why a call is refused, as the challenge says it (RFC 6750, section 3). */
interface Refused {
  readonly kind: 'refused';
  readonly status: 400 | 401;
  /** Undefined where the request carried no credential: then the challenge holds no error code (section 3.1). */
  readonly error?: 'invalid_request' | 'invalid_token';
  readonly description: string;
}

/** `Bearer` and a b64token (RFC 6750, section 2.1). */
const credentials = /^Bearer +([A-Za-z0-9\-._~+/]+=*)$/i;

/** Lets only calls with a good bearer token through, and of those only such that were granted the scope. */
export function withBearer(handler: Handler, scope?: string): Handler {
  return (call) => {
    const verdict = judge(call);
    if (verdict.kind === 'refused') return refuse(call, verdict);
    if (scope && !verdict.scopes.includes(scope)) return refuseScope(call, scope, verdict.scopes);
    return handler(call);
  };
}

/** Answers as if the token that came had run out an hour ago, whatever else it is. */
export function expiredAnHourAgo(call: Call): void {
  refuse(call, expired((call.demo.now() - 3_600_000) / 1000));
}

function judge(call: Call): Granted | Refused {
  const values = headerValues(call.request, 'authorization');
  if (values.length > 1) return invalidRequest('The Authorization header was sent twice');
  const value = values[0];
  if (value === undefined || value === '') {
    return { kind: 'refused', status: 401, description: 'This call needs a bearer token, and none was sent.' };
  }
  if (!/^Bearer(?: |$)/i.test(value)) {
    return { kind: 'refused', status: 401, description: 'This call needs a bearer token; another scheme was sent.' };
  }
  const token = credentials.exec(value)?.[1];
  if (token === undefined) return invalidRequest(whatIsWrong(value));
  return judgeToken(call, token);
}

function judgeToken(call: Call, token: string): Granted | Refused {
  for (const name of ['good', 'limitedScope', 'allScopes'] as const) {
    if (sameText(token, call.demo.tokens[name])) return { kind: 'granted', scopes: scopes[name] };
  }
  const claims = readJwt(call.demo.jwtKey, token);
  if (!claims) return invalidToken('The token is unknown');
  const now = call.demo.now() / 1000;
  if (claims.exp !== undefined && now >= claims.exp) return expired(claims.exp);
  if (claims.nbf !== undefined && now < claims.nbf) return invalidToken('The token is not valid yet');
  if (claims.aud !== call.demo.url) return invalidToken('The token was issued for another audience');
  return { kind: 'granted', scopes: claims.scope?.split(' ') ?? [] };
}

/** Names the usual damage: a credential is often right and only badly pasted. */
function whatIsWrong(value: string): string {
  const rest = value.slice('Bearer'.length).trim();
  if (rest === '') return 'The token is empty';
  if (/^Bearer\b/i.test(rest)) return 'The word Bearer stands twice in front of the token';
  if (/^['"]/.test(rest)) return 'The token stands in quotes';
  if (/\s/.test(rest)) return 'The token contains a space';
  return 'The token contains a character that a bearer token cannot have';
}

function expired(seconds: number): Refused {
  return invalidToken(`The token expired at ${new Date(Math.floor(seconds) * 1000).toISOString().replace('.000', '')}`);
}

function invalidToken(description: string): Refused {
  return { kind: 'refused', status: 401, error: 'invalid_token', description };
}

function invalidRequest(description: string): Refused {
  return { kind: 'refused', status: 400, error: 'invalid_request', description };
}

function refuse(call: Call, refused: Refused): void {
  const parameters = refused.error ? `, error="${refused.error}", error_description="${refused.description}"` : '';
  const detail = refused.error ? `${refused.description}.` : refused.description;
  const title = refused.status === 400 ? 'Bad Request' : 'Unauthorized';
  problem(call, { status: refused.status, title, detail }, { 'WWW-Authenticate': `Bearer realm="demo"${parameters}` });
}

function refuseScope(call: Call, scope: string, granted: readonly string[]): void {
  const description = 'The token was not granted the scope this call needs';
  const challenge = `Bearer realm="demo", error="insufficient_scope", error_description="${description}", scope="${scope}"`;
  problem(
    call,
    {
      status: 403,
      type: `${call.demo.url}/help/scope`,
      title: 'The token may not do this',
      detail: `This call needs the scope ${scope}.`,
      required: [scope],
      granted,
    },
    { 'WWW-Authenticate': challenge },
  );
}
