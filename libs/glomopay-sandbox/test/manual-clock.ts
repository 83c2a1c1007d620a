import type { Clock } from '../src/index.js';

/** A clock that a test moves. */
export class ManualClock implements Clock {
  constructor(private time = Date.parse('2026-03-01T12:00:00.000Z')) {}

  now(): number {
    return this.time;
  }

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}
