/*
 * Names that are sensitive whoever set them. Redaction by value comes first and needs none of this; these lists are for
 * credentials nobody told us about: a token in an answer, a cookie, a key typed into the URL.
 */

const HEADERS: ReadonlySet<string> = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-auth',
  'x-auth-key',
  'x-goog-iam-authorization-token',
  'ocp-apim-subscription-key',
  'x-functions-key',
  'x-subscription-key',
  'x-sessionid',
  'x-session-id',
  'dpop',
]);

/** Endings that make a header sensitive, e.g. `X-Api-Key`, `X-Vault-Token`, `Cf-Access-Client-Secret`. */
const HEADER_ENDING =
  /(?:^|[-_])(?:token|secret|password|passwd|jwt|api-?key|apikey|app-?key|application-key|access-key|auth-key|secret-key|private-key|rapidapi-key|signature|assertion|authorization)$/;

/** Tokens that are no credentials: they say where the next page starts. */
const PAGING = /(?:continuation|next|page|paging|sync|delta|cursor)[-_]?token$/;

/** Names of parameters and members, without case, `-`, `_` and `.`. */
const NAMES: ReadonlySet<string> = new Set([
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'authtoken',
  'authenticationtoken',
  'bearertoken',
  'sessiontoken',
  'clienttoken',
  'apitoken',
  'devicetoken',
  'token',
  'jwt',
  'apikey',
  'xapikey',
  'appkey',
  'accesskey',
  'subscriptionkey',
  'secretkey',
  'privatekey',
  'secret',
  'clientsecret',
  'appsecret',
  'apisecret',
  'consumersecret',
  'secretaccesskey',
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'clientassertion',
  'assertion',
  'samlresponse',
  'devicecode',
  'codeverifier',
  'authorization',
  'xamzsecuritytoken',
  'xgoogsecuritytoken',
]);

/** Sensitive in a URL or a form only: in other data these are ordinary words. */
const PARAMETERS: ReadonlySet<string> = new Set([
  'key',
  'auth',
  'sig',
  'signature',
  'hmac',
  'xamzsignature',
  'xgoogsignature',
  'sessionid',
  'sid',
]);

const plain = (name: string): string => name.toLowerCase().replace(/[-_.]/g, '');

/** Whether a header of this name carries a credential as a rule, e.g. `Authorization`, `Set-Cookie`, `X-Api-Key`. */
export function isSensitiveHeader(name: string): boolean {
  const lower = name.toLowerCase();
  return HEADERS.has(lower) || (HEADER_ENDING.test(lower) && !PAGING.test(lower));
}

/** Whether a query or form parameter of this (decoded) name carries a credential as a rule, e.g. `api_key`, `sig`. */
export function isSensitiveParameter(name: string): boolean {
  const text = plain(name);
  return NAMES.has(text) || PARAMETERS.has(text);
}

/** Whether a member of a JSON object of this name carries a credential as a rule, e.g. `access_token`. */
export function isSensitiveMember(name: string): boolean {
  return NAMES.has(plain(name));
}
