import type { Signed } from '../auth/scheme';
import type { HttpRequest } from '../http/message';
import type { BodySink } from '../ports';

/** What happens while a request is under way, for progress. */
export type Progress =
  | { readonly phase: 'connecting' | 'sending' | 'waiting'; readonly url: string }
  | { readonly phase: 'downloading'; readonly bytes: number; readonly totalBytes?: number };

export interface SendOptions {
  /** Milliseconds for the whole send over all hops; undefined is no limit. */
  readonly timeoutMs?: number;
  readonly followRedirects: boolean;
  readonly maxRedirects: number;
  readonly verifyTls: boolean;
  /** Bytes of the body kept in memory. */
  readonly memoryLimit: number;
  /** Opens the file for a body over the limit; without it the rest is read and thrown away. */
  readonly overflow?: (contentType: string | undefined) => Promise<BodySink>;
  /**
   * Attaches the credential. Called for the first hop, and for each later one as long as no hop has left the first
   * hop's origin; never again after that, also not when a redirect comes back.
   */
  readonly sign: (request: HttpRequest) => Promise<Signed>;
  /** Names that may never cross an origin although no scheme added them, e.g. `Authorization` written in the request. */
  readonly isSensitiveHeader: (name: string) => boolean;
  readonly onProgress?: (progress: Progress) => void;
}
