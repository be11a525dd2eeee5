import type { FromWebview } from '../../protocol/messages';

const plain = new Set(['ready', 'cancel', 'sendAgain', 'openBody', 'saveBody']);
const copies = new Set(['body', 'headers', 'request']);

/**
 * Reads a message of the webview, which is a stranger: the page shows what a server sent. Undefined for anything that is
 * not exactly one of the messages of the protocol.
 */
export function readMessage(raw: unknown): FromWebview | undefined {
  if (typeof raw !== 'object' || raw === null) return undefined;
  const { type, id, what } = raw as { type?: unknown; id?: unknown; what?: unknown };
  if (typeof type !== 'string') return undefined;
  if (plain.has(type)) return { type } as FromWebview;
  if (type === 'fix' && typeof id === 'string' && id.length <= 64) return { type, id };
  if (type === 'copy' && typeof what === 'string' && copies.has(what)) return { type, what } as FromWebview;
  return undefined;
}
