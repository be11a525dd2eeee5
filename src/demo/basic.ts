import { problem } from './answer';
import { headerValues, type Call, type Handler } from './call';
import { sameText } from './sameText';

/** Lets only calls with the demo's user name and password through (RFC 7617). */
export function withBasic(handler: Handler): Handler {
  return (call) => {
    const refusal = judge(call);
    if (refusal === undefined) return handler(call);
    problem(
      call,
      { status: 401, title: 'Unauthorized', detail: refusal },
      { 'WWW-Authenticate': 'Basic realm="demo", charset="UTF-8"' },
    );
  };
}

/** Why the call is refused; undefined where its credential is good. */
function judge(call: Call): string | undefined {
  const values = headerValues(call.request, 'authorization');
  if (values.length > 1) return 'The Authorization header was sent twice.';
  const value = values[0];
  if (!value) return 'This call needs a user name and a password, and none were sent.';
  const encoded = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(value)?.[1];
  if (encoded === undefined) {
    return /^Basic\b/i.test(value)
      ? 'What stands after Basic is not base64.'
      : 'This call needs the Basic scheme; another scheme was sent.';
  }
  // The first colon ends the user name, which cannot hold one; the password may (RFC 7617, section 2).
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return 'There is no colon between the user name and the password.';
  const { user, password } = call.demo.tokens.basic;
  const good = sameText(text.slice(0, colon), user) && sameText(text.slice(colon + 1), password);
  return good ? undefined : 'The user name or the password is wrong.';
}
