import type { Clock } from '../src/index.js';

/** A clock that a test moves. */
export class ManualClock implements Clock {
  #time: number;

  constructor(time = Date.parse('2026-03-01T12:00:00.000Z')) {
    this.#time = time;
  }

  now(): number {
    return this.#time;
  }

  advance(milliseconds: number): void {
    this.#time += milliseconds;
  }
}
