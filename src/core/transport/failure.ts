import type { PeerCertificate } from 'node:tls';
import type { TlsPeer, TransportFailure, TransportFailureCode } from '../http/exchange';
import { certificateNames, describeCertificate } from './peer';

/** What was being done when it failed. */
export interface FailurePlace {
  readonly host: string;
  readonly port: number;
  readonly phase: NonNullable<TransportFailure['phase']>;
  /** The peer, where TLS got as far as showing it. */
  readonly tls?: TlsPeer;
  /** The names of the peer's certificate. */
  readonly certificateNames?: readonly string[];
  /** True where a proxy, not the server, could not be used. */
  readonly proxyFailed: boolean;
}

/** Codes of Node, libuv and OpenSSL's certificate verification. */
const codes: ReadonlyMap<string, TransportFailureCode> = new Map<string, TransportFailureCode>([
  ['ENOTFOUND', 'dns-not-found'],
  ['ENODATA', 'dns-not-found'],
  ['EAI_NONAME', 'dns-not-found'],
  ['EAI_NODATA', 'dns-not-found'],
  ['EAI_AGAIN', 'dns-failed'],
  ['EAI_FAIL', 'dns-failed'],
  ['ESERVFAIL', 'dns-failed'],
  ['EREFUSED', 'dns-failed'],
  ['ETIMEOUT', 'dns-failed'],
  ['ECONNREFUSED', 'refused'],
  ['ECONNRESET', 'reset'],
  ['ECONNABORTED', 'reset'],
  ['EPIPE', 'reset'],
  ['ERR_STREAM_PREMATURE_CLOSE', 'reset'],
  ['ETIMEDOUT', 'timeout'],
  ['ERR_SOCKET_CONNECTION_TIMEOUT', 'timeout'],
  ['EHOSTUNREACH', 'unreachable'],
  ['EHOSTDOWN', 'unreachable'],
  ['ENETUNREACH', 'unreachable'],
  ['ENETDOWN', 'unreachable'],
  ['EADDRNOTAVAIL', 'unreachable'],
  ['EACCES', 'unreachable'],
  ['EPERM', 'unreachable'],
  ['CERT_HAS_EXPIRED', 'tls-expired'],
  ['CERT_NOT_YET_VALID', 'tls-not-yet-valid'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-self-signed'],
  ['SELF_SIGNED_CERT_IN_CHAIN', 'tls-untrusted'],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT', 'tls-untrusted'],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls-untrusted'],
  ['CERT_UNTRUSTED', 'tls-untrusted'],
  ['CERT_REJECTED', 'tls-untrusted'],
  ['CERT_REVOKED', 'tls-untrusted'],
  ['CERT_SIGNATURE_FAILURE', 'tls-untrusted'],
  ['CERT_CHAIN_TOO_LONG', 'tls-untrusted'],
  ['INVALID_CA', 'tls-untrusted'],
  ['INVALID_PURPOSE', 'tls-untrusted'],
  ['PATH_LENGTH_EXCEEDED', 'tls-untrusted'],
  ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-wrong-name'],
  ['HOSTNAME_MISMATCH', 'tls-wrong-name'],
  ['ERR_INVALID_CHAR', 'bad-request'],
  ['ERR_INVALID_HTTP_TOKEN', 'bad-request'],
  ['ERR_HTTP_INVALID_HEADER_VALUE', 'bad-request'],
  ['ERR_UNESCAPED_CHARACTERS', 'bad-request'],
  ['ERR_INVALID_URL', 'bad-request'],
  ['ERR_INVALID_PROTOCOL', 'bad-request'],
]);

/** TLS alerts (RFC 8446 section 6.2) by which a server says that it wants another client certificate, or one at all. */
const clientCertificateAlerts: ReadonlySet<number> = new Set([42, 43, 44, 45, 46, 48, 116]);
/** The same as OpenSSL and BoringSSL name them, at the end of Node's `ERR_SSL_…` codes. */
const clientCertificateCode =
  /(?:BAD_CERTIFICATE|UNSUPPORTED_CERTIFICATE|CERTIFICATE_REVOKED|CERTIFICATE_EXPIRED|CERTIFICATE_UNKNOWN|UNKNOWN_CA|CERTIFICATE_REQUIRED)$/;

/** A system error and where it happened, as data. Never throws, whatever it is given. */
export function transportFailure(error: unknown, place: FailurePlace): TransportFailure {
  const system = systemErrorOf(error);
  const code = place.proxyFailed ? 'proxy' : codeOf(system);
  const certificate = system.cert as Partial<PeerCertificate> | undefined;
  const names = certificate ? certificateNames(certificate) : place.certificateNames;
  const tls =
    place.tls ?? (certificate?.subject ? { authorized: false, ...describeCertificate(certificate) } : undefined);
  return {
    code,
    systemCode: system.code,
    detail: system.message,
    host: place.host,
    port: place.port,
    phase: place.phase,
    ...(code.startsWith('tls-') && tls ? { tls } : {}),
    ...(code === 'tls-wrong-name' && names ? { certificateNames: names } : {}),
  };
}

interface SystemError {
  readonly code?: string;
  readonly message?: string;
  readonly cert?: unknown;
  readonly rawPacket?: Uint8Array;
}

/** The error that says most: of several attempts to connect (RFC 8305) the first, of a wrapper what it wraps. */
function systemErrorOf(error: unknown): SystemError {
  const seen = new Set<unknown>();
  let current = error;
  while (current instanceof Error && !seen.has(current)) {
    seen.add(current);
    const inner: unknown = current instanceof AggregateError ? current.errors[0] : current.cause;
    if (current instanceof AggregateError && inner instanceof Error) current = inner;
    else if (typeof (current as SystemError).code === 'string' || !(inner instanceof Error))
      return current as SystemError;
    else current = inner;
  }
  return current instanceof Error ? (current as SystemError) : { message: String(current) };
}

function codeOf(error: SystemError): TransportFailureCode {
  const code = error.code ?? '';
  const known = codes.get(code);
  if (known) return known;
  // Bytes of a TLS alert where an HTTP answer should be: plain http was spoken to a port that wants TLS.
  if (code.startsWith('HPE_')) return isTlsRecord(error.rawPacket) ? 'tls-protocol' : 'bad-response';
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    const alert = alertOf(error);
    const wantsCertificate =
      alert === undefined ? clientCertificateCode.test(code) : clientCertificateAlerts.has(alert);
    return wantsCertificate ? 'tls-client-certificate' : 'tls-protocol';
  }
  return code.startsWith('ERR_TLS_') ? 'tls-protocol' : 'unknown';
}

/** RFC 8446 section 5.1: content type 20 to 23, then the version 3.x. */
function isTlsRecord(packet: Uint8Array | undefined): boolean {
  return packet !== undefined && packet.length > 1 && packet[0]! >= 20 && packet[0]! <= 23 && packet[1] === 3;
}

/**
 * The TLS alert behind an EPROTO, for which Node gives no code of its own: OpenSSL's packed error code stands in hexadecimal
 * in the message, and reason 1000 + n in its low bits means alert n (both in OpenSSL and in Electron's BoringSSL).
 */
function alertOf(error: SystemError): number | undefined {
  const packed = /\berror:([0-9A-Fa-f]{8}):/.exec(error.message ?? '')?.[1];
  if (packed === undefined) return undefined;
  const alert = (Number.parseInt(packed, 16) & 0xfff) - 1000;
  return alert >= 0 && alert < 256 ? alert : undefined;
}
