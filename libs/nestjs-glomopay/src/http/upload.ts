import { once } from 'node:events';
import type { ClientRequest } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { TransportFailure } from './transport-failure.js';

/** How much of a file is in memory at a time. */
const PIECE_BYTES = 64 * 1024;

/** The slowest connection on which an upload has enough time: a second for so many bytes. */
const BYTES_PER_SECOND = 100_000;

/** What sending a body adds to the time limits of its call, in milliseconds. */
export function uploadMs(body: unknown): number {
  return body instanceof Blob ? Math.ceil(body.size / BYTES_PER_SECOND) * 1_000 : 0;
}

/** A Blob on its way to the gateway, piece by piece. */
export class Upload {
  readonly #blob: Blob;
  readonly #outgoing: ClientRequest;
  readonly #over = new AbortController();
  #begun = false;

  constructor(blob: Blob, outgoing: ClientRequest) {
    this.#blob = blob;
    this.#outgoing = outgoing;
  }

  /**
   * Sends it to the end, or until it is stopped. By slices and not as a stream: a stream that is left
   * half-way keeps its file open, a slice closes it and notices whatever has changed in between.
   *
   * @throws {TransportFailure} a file in it was changed or removed; unsent while it was the first piece.
   */
  async send(): Promise<void> {
    for (let at = 0; at < this.#blob.size; at += PIECE_BYTES) {
      const piece = await this.#read(at);
      // An answer that has arrived is read before the write that would find the connection broken.
      await setImmediate();
      if (this.#over.signal.aborted) return;
      this.#begun = true;
      if (!this.#outgoing.write(piece)) await this.#room();
    }
    if (!this.#over.signal.aborted) this.#outgoing.end();
  }

  /** Ends it, where it is not over yet. */
  stop(): void {
    this.#over.abort();
  }

  async #read(at: number): Promise<Uint8Array> {
    try {
      return new Uint8Array(await this.#blob.slice(at, at + PIECE_BYTES).arrayBuffer());
    } catch (thrown) {
      throw new TransportFailure('unreadable', !this.#begun, thrown);
    }
  }

  /** Waits until the connection takes more, breaks, or the upload is stopped; who sent it hears of the latter two. */
  async #room(): Promise<void> {
    await once(this.#outgoing, 'drain', { signal: this.#over.signal }).catch(() => undefined);
  }
}
