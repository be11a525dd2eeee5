import type { Headers } from './headers';

/** A request before it is sent: plain data. `url` is absolute; `body` is what goes on the wire, already encoded. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body?: Uint8Array;
}

/** What went wrong with a body after its headers had come. The bytes read so far are kept. */
export type BodyProblem =
  | { readonly code: 'closed-early'; readonly expectedBytes?: number; readonly receivedBytes: number }
  | { readonly code: 'bad-encoding'; readonly encoding: string; readonly detail: string }
  | { readonly code: 'unknown-encoding'; readonly encoding: string }
  /** The rest could not be written to the temporary file, e.g. because the disk is full. */
  | { readonly code: 'not-stored'; readonly detail: string }
  | { readonly code: 'cancelled' }
  | { readonly code: 'timeout' };

/** The content of a response after transfer and content coding are undone. */
export interface ResponseBody {
  /** The first bytes, at most the memory ceiling of the send. */
  readonly bytes: Uint8Array;
  /** How many bytes of the response `bytes` stands for, where masking changed their number. */
  readonly keptBytes?: number;
  /** Decoded size in bytes, also of what is not in `bytes`. */
  readonly size: number;
  /** Size in bytes as it came over the wire (after chunking, before decompression). */
  readonly encodedSize: number;
  /** Where the whole body lies when it is larger than the ceiling: a path in the temporary folder. */
  readonly file?: string;
  readonly problem?: BodyProblem;
}

export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  /** `1.0` or `1.1`. */
  readonly httpVersion: string;
  readonly headers: Headers;
  readonly trailers?: Headers;
  readonly body: ResponseBody;
}
