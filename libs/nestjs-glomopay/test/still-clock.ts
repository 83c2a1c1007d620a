import type { Clock } from '../src/config/clock.js';

/** Time that stands still until it is told to go on. */
export class StillClock implements Clock {
  #ms = 1_000;

  now(): number {
    return this.#ms;
  }

  date(): number {
    return Date.UTC(2026, 2, 1, 12) + this.#ms;
  }

  random(): number {
    return 0.5;
  }

  async sleep(ms: number): Promise<void> {
    this.pass(ms);
  }

  pass(ms: number): void {
    this.#ms += ms;
  }
}
