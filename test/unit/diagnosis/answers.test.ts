import { describe } from 'mocha';
import { apiKey, basic, bearer, table, token } from './evidence';

/** Bodies are those of the vendors' public API documentation, shortened. */
describe('diagnose, by the answer', () => {
  table('what the API says', [
    [
      'Twilio',
      'credential-invalid',
      {
        status: 401,
        sent: basic(`AC1:${token()}`),
        body: { code: 20003, message: 'Authentication Error - invalid username' },
      },
    ],
    [
      'Notion',
      'credential-invalid',
      {
        status: 401,
        sent: bearer(),
        body: { object: 'error', status: 401, code: 'unauthorized', message: 'API token is invalid.' },
      },
    ],
    [
      'a 400 of Plaid',
      'credential-invalid',
      { status: 400, body: { error_code: 'INVALID_API_KEYS', error_message: 'invalid client_id or secret provided' } },
    ],
    [
      'a 200 of Kraken',
      'credential-invalid',
      { status: 200, sent: apiKey(), body: { error: ['EAPI:Invalid key'], result: {} } },
    ],
    [
      'Microsoft Graph',
      'credential-expired',
      {
        status: 401,
        sent: bearer(),
        body: {
          error: { code: 'InvalidAuthenticationToken', message: 'Lifetime validation failed, the token is expired.' },
        },
      },
    ],
    [
      'Facebook',
      'credential-expired',
      {
        status: 400,
        sent: bearer(),
        body: { error: { message: 'Error validating access token: Session has expired on Tuesday.', code: 190 } },
      },
    ],
    [
      'GitLab',
      'insufficient-scope',
      { status: 403, sent: bearer(), body: { error: 'insufficient_scope', scope: 'api' } },
    ],
    [
      'Zoom',
      'insufficient-scope',
      {
        status: 400,
        sent: bearer(),
        body: { code: 4711, message: 'Invalid access token, does not contain scopes:[user:read:admin].' },
      },
    ],
    [
      'Discord',
      'insufficient-permission',
      { status: 403, sent: bearer(), body: { code: 50013, message: 'Missing Permissions' } },
    ],
    [
      'Spring',
      'insufficient-permission',
      { status: 403, sent: bearer(), body: { status: 403, error: 'Forbidden', path: '/api' } },
    ],
    [
      'Anthropic',
      'account-disabled-or-billing',
      {
        status: 400,
        sent: apiKey(),
        body: {
          error: { type: 'invalid_request_error', message: 'Your credit balance is too low to access the API.' },
        },
      },
    ],
    [
      'DeepSeek',
      'account-disabled-or-billing',
      { status: 402, sent: bearer(), body: { error: { message: 'Insufficient Balance' } } },
    ],
    [
      'an address that is not listed',
      'ip-not-allowed',
      { status: 403, sent: apiKey(), body: { message: 'Your IP 203.0.113.9 is not whitelisted' } },
    ],
    ['Laravel', 'csrf-or-session', { status: 419, sent: bearer(), body: { message: 'CSRF token mismatch.' } }],
    ['Coinbase', 'signature-mismatch', { status: 401, sent: apiKey(), body: { message: 'invalid signature' } }],
    [
      'Binance',
      'clock-skew',
      {
        status: 400,
        sent: apiKey(),
        body: { code: -1021, msg: 'Timestamp for this request is outside of the recvWindow.' },
      },
    ],
    [
      'Azure AD',
      'step-up-required',
      {
        status: 400,
        body: {
          error: 'interaction_required',
          error_description: 'AADSTS50076: you must use multi-factor authentication',
        },
      },
    ],
    [
      'another kind of token',
      'wrong-credential-kind',
      { status: 403, sent: bearer(), body: { error: 'This endpoint requires a user access token' } },
    ],
    [
      'another audience',
      'wrong-audience-or-issuer',
      { status: 401, sent: bearer(), body: { code: 'invalid_audience' } },
    ],
    [
      'another region',
      'wrong-host-or-region',
      { status: 400, sent: bearer(), body: { message: 'The account is in a different region.' } },
    ],
    [
      'a page of nginx about mutual TLS',
      'client-certificate-required',
      { status: 400, body: '<html><head><title>400 No required SSL certificate was sent</title></head></html>' },
    ],
    [
      'a 404 that may hide',
      'hidden-as-404',
      { status: 404, sent: bearer(), body: { error: 'Project not found or you do not have access' } },
    ],
    [
      'a key of another vendor',
      'wrong-credential-kind',
      {
        status: 401,
        url: 'https://api.github.com/user',
        sent: { Authorization: `Bearer SG.${token()}` },
        body: { message: 'Bad credentials' },
      },
    ],
  ]);

  table('rate limits', [
    ['429', 'rate-limited', { status: 429, sent: bearer() }],
    ['403 with Retry-After', 'rate-limited', { status: 403, sent: bearer(), headers: { 'Retry-After': '60' } }],
    [
      '403 with nothing left',
      'rate-limited',
      { status: 403, sent: bearer(), headers: { 'X-RateLimit-Remaining': '0' } },
    ],
    [
      '403 with something left',
      'insufficient-permission',
      { status: 403, sent: bearer(), headers: { 'X-RateLimit-Remaining': '4988' } },
    ],
    [
      '429 that is billing',
      'account-disabled-or-billing',
      {
        status: 429,
        sent: bearer(),
        body: {
          error: {
            code: 'insufficient_quota',
            message: 'You exceeded your current quota, please check your plan and billing details.',
          },
        },
      },
    ],
  ]);

  table('somebody else answered', [
    ['407', 'proxy-auth-required', { status: 407, headers: { 'Proxy-Authenticate': 'NTLM' } }],
    [
      'a page of Squid',
      'proxy-auth-required',
      {
        status: 403,
        sent: bearer(),
        headers: { 'X-Squid-Error': 'ERR_ACCESS_DENIED 0' },
        body: '<html><h1>ERROR</h1></html>',
      },
    ],
    [
      'a bot check',
      'not-an-auth-problem',
      { status: 403, sent: bearer(), body: '<html><head><title>Just a moment...</title></head></html>' },
    ],
    [
      'a redirect to a sign-in page',
      'login-page-redirect',
      { status: 302, sent: bearer(), headers: { Location: 'https://sso.example.com/login?next=/' } },
    ],
    [
      'a sign-in form with 200',
      'login-page-redirect',
      { status: 200, sent: bearer(), body: '<html><form><input name="p" type="password"></form></html>' },
    ],
    [
      'the page that was asked for',
      'fine',
      { status: 200, url: 'https://www.example.com/login', body: '<html><form><input type="password"></form></html>' },
    ],
    [
      'http on the https port',
      'transport-tls-protocol',
      {
        status: 400,
        url: 'http://api.example.com:443/',
        body: '<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>',
      },
    ],
  ]);

  table('not the credential', [
    ['404', 'not-an-auth-problem', { status: 404, sent: bearer(), body: { error: 'Not Found' } }],
    ['404 without a credential', 'not-an-auth-problem', { status: 404, body: { error: 'Not Found' } }],
    [
      '409',
      'not-an-auth-problem',
      { status: 409, sent: bearer(), body: { message: 'An API key with this name already exists' } },
    ],
    [
      '422 about a field called token',
      'not-an-auth-problem',
      { status: 422, sent: bearer(), body: { detail: [{ loc: ['body', 'token'], msg: 'Field required' }] } },
    ],
    [
      '400 about a field called token',
      'not-an-auth-problem',
      { status: 400, sent: bearer(), body: { errors: { Token: ['The Token field is required.'] } } },
    ],
    [
      '400 about the length in tokens',
      'not-an-auth-problem',
      {
        status: 400,
        sent: bearer(),
        body: { error: { message: "This model's maximum context length is 8192 tokens." } },
      },
    ],
    [
      '400 about a push token',
      'not-an-auth-problem',
      { status: 400, sent: bearer(), body: { message: 'Invalid push token' } },
    ],
    [
      '400 about a page token',
      'not-an-auth-problem',
      { status: 400, sent: bearer(), body: { message: 'next page token has expired' } },
    ],
    [
      '400 about JSON',
      'not-an-auth-problem',
      { status: 400, sent: bearer(), body: { message: 'Unexpected token < in JSON at position 0' } },
    ],
    [
      '400 about a user name',
      'not-an-auth-problem',
      { status: 400, sent: bearer(), body: { message: 'username is required' } },
    ],
    [
      '400 about an OAuth parameter',
      'not-an-auth-problem',
      { status: 400, body: { error: 'invalid_request', error_description: 'Missing required parameter: grant_type' } },
    ],
    [
      '402 about a card',
      'not-an-auth-problem',
      {
        status: 402,
        sent: bearer(),
        body: { error: { code: 'card_declined', message: 'Your card has insufficient funds.' } },
      },
    ],
    [
      '500 that speaks of tokens',
      'not-an-auth-problem',
      { status: 500, sent: bearer(), body: { message: 'token bucket store unreachable' } },
    ],
    [
      '503 that speaks of authentication',
      'not-an-auth-problem',
      { status: 503, sent: bearer(), body: { message: 'authentication service unavailable' } },
    ],
    ['405', 'not-an-auth-problem', { status: 405, sent: bearer() }],
    ['200', 'fine', { status: 200, sent: bearer(), body: { ok: true, errors: [] } }],
    [
      '200 with an error that is none of ours',
      'fine',
      { status: 200, sent: bearer(), body: { errors: [{ message: "Field 'token' doesn't exist on type User" }] } },
    ],
    ['204', 'fine', { status: 204, sent: bearer() }],
    ['304', 'fine', { status: 304, sent: bearer() }],
    [
      'a redirect to a file',
      'fine',
      { status: 302, sent: bearer(), headers: { Location: 'https://cdn.example.com/file' } },
    ],
  ]);
});
