import { setImmediate } from 'node:timers/promises';

/** A clock whose pauses take no time but are counted. */
export class FastClock {
  /** Every pause that was asked for, in milliseconds. */
  readonly pauses: number[] = [];
  #skipped = 0;
  #during: () => Promise<void> | void = () => undefined;

  constructor(readonly randomness: () => number = () => 0.5) {}

  now(): number {
    return performance.now() + this.#skipped;
  }

  date(): number {
    return Date.UTC(2026, 2, 1, 12) + this.#skipped;
  }

  random(): number {
    return this.randomness();
  }

  /** Does something during the next pauses. */
  onPause(during: () => Promise<void> | void): void {
    this.#during = during;
  }

  /** Lets time pass without a pause. */
  skip(ms: number): void {
    this.#skipped += ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.pauses.push(ms);
    await this.#during();
    await setImmediate(undefined, signal === undefined ? {} : { signal });
    this.skip(ms);
  }
}
