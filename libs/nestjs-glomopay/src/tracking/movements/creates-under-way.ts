import { Injectable } from '@nestjs/common';

/**
 * The creates that this process has under way. While one is, "the gateway has no such payment" is no
 * proof, however old the record looks: a clock may have stepped.
 */
@Injectable()
export class CreatesUnderWay {
  readonly #requestIds = new Set<string>();

  has(requestId: string): boolean {
    return this.#requestIds.has(requestId);
  }

  async track<T>(requestId: string, create: () => Promise<T>): Promise<T> {
    this.#requestIds.add(requestId);
    try {
      return await create();
    } finally {
      this.#requestIds.delete(requestId);
    }
  }
}
