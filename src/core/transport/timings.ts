import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { isIP } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Hop, Timings, TlsPeer, TransportFailure } from '../http/exchange';
import { certificateNames, describePeer } from './peer';

type Phase = NonNullable<TransportFailure['phase']>;

/** Watches one hop: when each phase began and ended, over which connection it went, who was at the other end. */
export class HopWatch {
  /** The phase under way. */
  phase: Phase;
  remote: Hop['remote'];
  tls: TlsPeer | undefined;
  certificateNames: readonly string[] | undefined;
  reusedConnection = false;
  readonly #startedAt: number;
  readonly #start = performance.now();
  #looked: number | undefined;
  #connected: number | undefined;
  #ready: number | undefined;
  #sent: number | undefined;
  #answered: number | undefined;
  #ended: number | undefined;
  #dns: number | undefined;
  #connect: number | undefined;
  #tls: number | undefined;

  /** Takes the host (a name or an address), the time of the wall clock, and who wants to know of the phases. */
  constructor(
    host: string,
    startedAt: number,
    private readonly onPhase: (phase: Phase) => void,
  ) {
    this.#startedAt = startedAt;
    this.phase = isIP(host) ? 'connect' : 'dns';
  }

  /** Attaches to a request that is not written yet. Its listeners go with the request. */
  watch(request: ClientRequest): void {
    request.once('socket', (socket) => this.#watchSocket(socket, request));
    request.once('finish', () => {
      // Node also says so when what was to be written is thrown away because the connection failed.
      if (this.#ready === undefined || request.destroyed || request.socket?.destroyed) return;
      this.#sent ??= performance.now();
      if (this.#answered === undefined) this.#enter('wait');
    });
  }

  /** The headers of the answer are here. */
  answered(message: IncomingMessage): void {
    this.#answered = performance.now();
    // A server may answer before it has read everything (RFC 9110 section 10.1.1, 9112 section 9.3).
    this.#sent ??= this.#answered;
    this.#ready ??= this.#sent;
    this.#remember(message.socket);
    this.#enter('download');
  }

  /** The hop is over; later calls change nothing. */
  end(): void {
    this.#ended ??= performance.now();
  }

  timings(): Timings {
    const ended = this.#ended ?? performance.now();
    const between = (from: number | undefined, to: number | undefined): number | undefined =>
      from === undefined || to === undefined ? undefined : Math.max(0, to - from);
    return {
      startedAt: this.#startedAt,
      dns: this.#dns,
      connect: this.#connect,
      tls: this.#tls,
      send: between(this.#ready, this.#sent),
      firstByte: between(this.#sent, this.#answered),
      download: between(this.#answered, ended),
      total: ended - this.#start,
    };
  }

  #watchSocket(socket: Socket, request: ClientRequest): void {
    const secure = isTls(socket);
    this.reusedConnection = request.reusedSocket;
    const shaking = secure && (socket as TLSSocket & { secureConnecting?: boolean }).secureConnecting === true;
    if (this.reusedConnection || (!socket.connecting && !shaking)) {
      // A connection that was kept, or one that a proxy agent has made: there is nothing left to see.
      this.#becameReady(socket);
      return;
    }
    const began = performance.now();
    if (!socket.connecting) {
      // TLS inside a tunnel through a proxy: names and addresses were the proxy's business.
      this.#connected = began;
      this.phase = 'tls';
    }
    const onLookup = (): void => {
      if (this.#looked !== undefined) return;
      this.#looked = performance.now();
      this.#dns = this.#looked - began;
      this.phase = 'connect';
    };
    const onConnect = (): void => {
      this.#connected = performance.now();
      this.#connect = this.#connected - (this.#looked ?? began);
      if (secure) this.phase = 'tls';
      else this.#becameReady(socket);
    };
    // Node tells of the handshake by `secure` before it judges the certificate and destroys the socket, and with it all
    // that could be said of the certificate.
    const onHandshake = (): void => this.#remember(socket);
    const onSecure = (): void => {
      this.#tls = performance.now() - (this.#connected ?? began);
      this.#becameReady(socket);
    };
    socket.once('lookup', onLookup);
    socket.once('connect', onConnect);
    if (secure) socket.prependOnceListener('secure', onHandshake).once('secureConnect', onSecure);
    request.once('close', () => {
      socket
        .off('lookup', onLookup)
        .off('connect', onConnect)
        .off('secure', onHandshake)
        .off('secureConnect', onSecure);
    });
  }

  #becameReady(socket: Socket): void {
    this.#ready = performance.now();
    this.#remember(socket);
    this.#enter('send');
  }

  #remember(socket: Socket): void {
    if (socket.remoteAddress !== undefined && socket.remotePort !== undefined) {
      this.remote = { address: socket.remoteAddress, port: socket.remotePort };
    }
    if (!isTls(socket) || socket.destroyed) return;
    this.tls = describePeer(socket);
    const certificate = socket.getPeerCertificate() as ReturnType<TLSSocket['getPeerCertificate']> | null;
    if (certificate?.subject) this.certificateNames = certificateNames(certificate);
  }

  #enter(phase: Phase): void {
    this.phase = phase;
    this.onPhase(phase);
  }
}

function isTls(socket: Socket): socket is TLSSocket {
  return 'getPeerCertificate' in socket;
}
