import type { ModulesContainer } from '@nestjs/core';
import { oncePerApplication } from './handlers/once-per-application.js';

/**
 * Ends the work of all accounts of an application at the same time: Nest ends modules one after the
 * other, and each would wait for its own handlers first.
 */
export class GracefulEnd {
  readonly #ends: (() => Promise<void>)[] = [];
  #ended: Promise<void> | undefined;

  /** What is to be done at the end; begun by the first {@link end}. */
  add(end: () => Promise<void>): void {
    this.#ends.push(end);
  }

  /** Resolves when all have ended; rejects with the first failure, also then. */
  end(): Promise<void> {
    return (this.#ended ??= allOf(this.#ends));
  }
}

/** The end of an application. */
export const gracefulEndOf: (modules: ModulesContainer) => GracefulEnd = oncePerApplication(
  () => new GracefulEnd(),
);

async function allOf(ends: readonly (() => Promise<void>)[]): Promise<void> {
  const ended = await Promise.allSettled(ends.map((end) => end()));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}
