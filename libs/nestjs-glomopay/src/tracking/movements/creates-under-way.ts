import { Injectable } from '@nestjs/common';
import type { TrackedKey } from '../store/tracked-record.js';

/**
 * The creates that this process has under way. While one is, "the gateway has no such object" is no
 * proof, however old the record looks: a clock may have stepped.
 */
@Injectable()
export class CreatesUnderWay {
  readonly #counts = new Map<string, number>();

  has(key: TrackedKey): boolean {
    return this.#counts.has(textOf(key));
  }

  /** A second caller of the same key may end before the first one. */
  async track<T>(key: TrackedKey, create: () => Promise<T>): Promise<T> {
    const text = textOf(key);
    this.#counts.set(text, (this.#counts.get(text) ?? 0) + 1);
    try {
      return await create();
    } finally {
      const others = (this.#counts.get(text) ?? 1) - 1;
      if (others > 0) this.#counts.set(text, others);
      else this.#counts.delete(text);
    }
  }
}

function textOf({ account, kind, requestId }: TrackedKey): string {
  return JSON.stringify([account, kind, requestId]);
}
