import type { Clock } from '../../config/clock.js';
import { Named } from '../../errors/named.decorator.js';
import { briskClock } from './brisk-clock.js';

/**
 * The time of a test: pauses between attempts and looks are over at once, and {@link skip} lets hours pass.
 * Timers of the process, and the time of a database, do not go by it.
 */
@Named('GlomopayTestClock')
export class GlomopayTestClock implements Clock {
  #skipped = 0;

  /** Lets time pass. Milliseconds. @throws {RangeError} time goes forward only. */
  skip(ms: number): void {
    if (!(ms >= 0)) throw new RangeError('Time goes forward only');
    this.#skipped += ms;
  }

  now(): number {
    return briskClock.now() + this.#skipped;
  }

  date(): number {
    return briskClock.date() + this.#skipped;
  }

  random(): number {
    return briskClock.random();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return briskClock.sleep(ms, signal);
  }
}
