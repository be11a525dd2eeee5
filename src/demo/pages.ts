import { html, json, problem } from './answer';
import type { Call } from './call';

/** The page that a person who is not signed in is sent to. */
export function signIn(call: Call): void {
  const form = `<h1>Sign in</h1>
    <form method="post" action="/sign-in">
      <label>E-mail <input name="email" type="email"></label>
      <label>Password <input name="password" type="password"></label>
      <button>Sign in</button>
    </form>`;
  html(call, 200, 'Sign in to the Latchkey demo', form);
}

/** A page with a script in it, to see that a preview does not run it. */
export function page(call: Call): void {
  const body = `<h1>An answer for people</h1>
    <p id="script">The script on this page did not run.</p>
    <script>document.getElementById('script').textContent = 'The script on this page ran.';</script>`;
  html(call, 200, 'Latchkey demo', body);
}

const topics: Readonly<Record<string, string>> = {
  validation: 'An order names an item and a quantity from 1 to 100. Correct the body and send it again.',
  scope: 'A token may do what its scopes say. Ask whoever gives out the tokens for the scope that is missing.',
  limits: 'Wait for as many seconds as Retry-After says, then send again.',
  billing: 'Nothing to pay here, it is only a demo.',
};

/** What the `type` of a problem leads to. */
export function help(call: Call): void {
  const topic = call.url.pathname.slice('/help/'.length);
  const text = Object.hasOwn(topics, topic) ? topics[topic] : undefined;
  if (text === undefined) return notFound(call);
  html(call, 200, `Help: ${topic}`, `<h1>Help: ${topic}</h1>\n    <p>${text}</p>`);
}

/** Gives back what arrived, credential and all: what the panel shows of it must be covered all the same. */
export function echo(call: Call): void {
  const raw = call.request.rawHeaders;
  const headers = raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1]]] : []));
  json(call, 200, {
    method: call.method,
    target: call.request.url,
    headers,
    body: call.body.toString('utf8'),
  });
}

/** Answers with the status the path names, `/status/200` to `/status/599`. */
export function status(call: Call): void {
  const code = Number(/^\/status\/([2-5]\d\d)$/.exec(call.url.pathname)?.[1]);
  if (Number.isNaN(code)) return notFound(call);
  if (code < 300) return json(call, code, { status: code });
  problem(call, { status: code, title: `Status ${code}`, detail: `You asked for ${code}.` });
}

export function notFound(call: Call): void {
  problem(call, {
    status: 404,
    title: 'Not Found',
    detail: `The demo has nothing here. ${call.demo.url}/ lists what it has.`,
  });
}
