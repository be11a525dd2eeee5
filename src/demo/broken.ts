import type { Call } from './call';

/*
 * Answers that break off or break the rules of HTTP. They are written to the socket as they are, because node's own
 * server would not send them.
 */

/** Promises a thousand bytes and closes the connection after the first few. */
export function disconnect(call: Call): void {
  raw(call, ['Content-Type: application/json', 'Content-Length: 1000'], '{ "items": [ { "id": 1 }, { "id": ');
}

/** Sends more bytes than it promised. */
export function badLength(call: Call): void {
  raw(call, ['Content-Type: text/plain', 'Content-Length: 5'], 'hello, and more than was promised\n');
}

/** Sends a header line that is none. */
export function badHeader(call: Call): void {
  raw(call, ['Content-Type: text/plain', 'not a header', 'Content-Length: 3'], 'ok\n');
}

/** Resets the connection before a single byte was sent. */
export function reset(call: Call): void {
  call.request.socket.resetAndDestroy();
}

function raw(call: Call, headers: readonly string[], body: string): void {
  const head = ['HTTP/1.1 200 OK', `Date: ${new Date(call.demo.now()).toUTCString()}`, ...headers, 'Connection: close'];
  call.request.socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
