import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { send } from './answer';
import { numberFrom, type Call, type Handler } from './call';

/*
 * Good answers that arrive in unusual ways.
 */

/** Keeps silent for `?ms=3000`, then sends a line at a time, `?lines=5` of them. */
export async function slow(call: Call): Promise<void> {
  const silence = numberFrom(call.url, 'ms', { min: 0, max: 120_000, fallback: 3000 });
  const lines = numberFrom(call.url, 'lines', { min: 1, max: 100, fallback: 5 });
  const step = Math.min(400, silence);
  await delay(silence, undefined, { signal: call.signal });
  call.response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
  for (let line = 1; line <= lines; line++) {
    call.response.write(`Line ${line} of ${lines}\n`);
    if (line < lines) await delay(step, undefined, { signal: call.signal });
  }
  call.response.end();
}

/** Never answers: for timeouts and for Cancel. */
export function silent(): void {}

/** Streams `?mb=20` megabytes of JSON without ever holding more than one piece. */
export async function large(call: Call): Promise<void> {
  const bytes = numberFrom(call.url, 'mb', { min: 1, max: 200, fallback: 20 }) * 1024 * 1024;
  call.response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Cache-Control': 'no-store' });
  if (call.method === 'HEAD') {
    call.response.end();
    return;
  }
  await pipeline(Readable.from(items(bytes)), call.response);
}

/** The pieces of a JSON document of about `bytes` bytes. */
function* items(bytes: number): Generator<Buffer> {
  let id = 0;
  let sent = 0;
  yield Buffer.from('{\n  "items": [\n');
  while (sent < bytes) {
    let piece = '';
    while (piece.length < 65_536) {
      id++;
      const comma = id === 1 ? '' : ',\n';
      piece += `${comma}    { "id": ${id}, "name": "Order ${id}", "status": "shipped", "note": "One of very many rows." }`;
    }
    sent += piece.length;
    yield Buffer.from(piece);
  }
  yield Buffer.from(`\n  ],\n  "count": ${id}\n}\n`);
}

const packers = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync } as const;

/** Answers in a content coding (RFC 9110, section 8.4.1), whether it was asked for or not. */
export function packed(coding: keyof typeof packers): Handler {
  return (call) => {
    const text = JSON.stringify({ coding, note: 'This answer travelled packed.' }, null, 2) + '\n';
    const headers = { 'Content-Encoding': coding, Vary: 'Accept-Encoding' };
    send(call, 200, 'application/json; charset=utf-8', packers[coding](text), headers);
  };
}

/** Text in a character encoding that does not exist. */
export function unknownCharset(call: Call): void {
  send(call, 200, 'text/plain; charset=x-latchkey', Buffer.from([0x4f, 0x4b, 0x20, 0xe9, 0xff, 0x0a]));
}
