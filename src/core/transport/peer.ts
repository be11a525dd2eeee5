import type { PeerCertificate, TLSSocket } from 'node:tls';
import type { TlsPeer } from '../http/exchange';

/** What a TLS connection shows of the other side. Takes a socket whose handshake is over, or has just failed. */
export function describePeer(socket: TLSSocket): TlsPeer {
  const certificate = socket.getPeerCertificate() as Partial<PeerCertificate> | null;
  const peer: TlsPeer = {
    protocol: socket.getProtocol() ?? undefined,
    cipher: (socket.getCipher() as { name: string } | undefined)?.name,
    authorized: socket.authorized,
  };
  return certificate?.subject ? { ...peer, ...describeCertificate(certificate) } : peer;
}

/** The names and dates of a certificate. */
export function describeCertificate(
  certificate: Partial<PeerCertificate>,
): Pick<TlsPeer, 'subject' | 'issuer' | 'validFrom' | 'validTo'> {
  return {
    subject: nameOf(certificate.subject) ?? certificateNames(certificate)[0],
    issuer: nameOf(certificate.issuer),
    validFrom: isoDate(certificate.valid_from),
    validTo: isoDate(certificate.valid_to),
  };
}

/** The host names and addresses a certificate is for (RFC 5280 section 4.2.1.6), else its common name. */
export function certificateNames(certificate: Partial<PeerCertificate>): string[] {
  const names = (certificate.subjectaltname ?? '')
    .split(/,\s*(?=(?:DNS|IP Address|URI|email|DirName|othername):)/)
    .flatMap((entry) => /^(?:DNS|IP Address):"?([^"]*)"?$/.exec(entry.trim())?.[1] ?? []);
  const common = names.length === 0 ? nameOf(certificate.subject) : undefined;
  return common === undefined ? names : [common];
}

/** A certificate may repeat a field; Node then gives a list, whatever its types say. */
function nameOf(subject: PeerCertificate['subject'] | undefined): string | undefined {
  const first = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);
  return first(subject?.CN) ?? first(subject?.O);
}

function isoDate(text: string | undefined): string | undefined {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
