/*
 * The methods a request line may begin with. The list is closed, because a word that is none of them is far more often a
 * line of prose or a forgotten `#` than a method.
 */

/** RFC 9110 section 9 and RFC 5789, in the order in which they are offered. */
export const commonMethods: readonly string[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** TRACE, QUERY, the methods of WebDAV and its relatives (RFC 4918, 3253, 3648, 3744, 4791, 5323, 5842), and a few in wide use. */
const otherMethods: readonly string[] = (
  'TRACE QUERY PROPFIND PROPPATCH MKCOL COPY MOVE LOCK UNLOCK SEARCH ACL MKCALENDAR ORDERPATCH BIND UNBIND REBIND ' +
  'CHECKOUT CHECKIN UNCHECKOUT REPORT MERGE MKACTIVITY MKWORKSPACE UPDATE LABEL BASELINE-CONTROL VERSION-CONTROL ' +
  'LINK UNLINK PURGE NOTIFY SUBSCRIBE UNSUBSCRIBE M-SEARCH SOURCE LIST'
).split(' ');

/** What other tools write in the place of a method for something that is not one HTTP request and one answer. */
const protocolWords: readonly string[] = 'GRAPHQL GRPC WS WSS WEBSOCKET SSE EVENTSOURCE MQTT AMQP CONNECT'.split(' ');

export const methods: readonly string[] = [...commonMethods, ...otherMethods];

const known = new Set(methods);
const protocols = new Set(protocolWords);

/** What a word at the start of a request line is, in any case. */
export function methodKind(word: string): 'method' | 'protocol' | 'unknown' {
  const upper = word.toUpperCase();
  if (known.has(upper)) return 'method';
  return protocols.has(upper) ? 'protocol' : 'unknown';
}
