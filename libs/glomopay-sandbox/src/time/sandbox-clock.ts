import { Agenda } from './agenda.js';
import type { Clock, Scheduler } from './clock.js';

// Beyond this a Node timer fires at once.
const LONGEST_TIMER_MS = 2_147_483_647;

/** A leap year. */
export const LONGEST_ADVANCE_MS = 366 * 86_400_000;

/** The sandbox's own time: it passes by itself, and a test can move it on. */
export class SandboxClock implements Scheduler {
  readonly #agenda = new Agenda();
  readonly #running = new Set<Promise<void>>();
  #advancedMs = 0;
  #advancing = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  readonly #base: Clock;

  /** @internal */
  constructor(base: Clock) {
    this.#base = base;
  }

  now(): number {
    return this.#base.now() + this.#advancedMs;
  }

  /**
   * Moves the time on, from one due moment to the next, and resolves once everything that became
   * due has been done: a delivery that fails at its first retry is retried again if the time
   * reaches that far. Not to be awaited by a webhook's receiver before it answers: the clock waits
   * for that answer.
   *
   * @throws {RangeError} unless `milliseconds` is from 0 to 366 days.
   */
  async advance(milliseconds: number): Promise<void> {
    if (!(milliseconds >= 0 && milliseconds <= LONGEST_ADVANCE_MS)) {
      throw new RangeError(`The clock advances by 0 to ${LONGEST_ADVANCE_MS} ms`);
    }
    this.#advancing = this.#advancing.then(() => this.#walk(milliseconds));
    await this.#advancing;
  }

  /** Does something at a moment; at once if that has passed. Never after a stop. @internal */
  at(dueAt: number, run: () => Promise<void>): void {
    if (this.#stopped) return;
    this.#agenda.add({ dueAt, run });
    this.#arm();
  }

  /** Resolves when everything that is due has been done. @internal */
  async settled(): Promise<void> {
    for (this.#startDue(); this.#running.size > 0; this.#startDue()) {
      await Promise.all(this.#running);
    }
  }

  /** Drops what is to come and resolves when nothing runs any more. @internal */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#agenda.clear();
    clearTimeout(this.#timer);
    await this.settled();
  }

  async #walk(milliseconds: number): Promise<void> {
    await this.settled();
    const target = this.#advancedMs + milliseconds;
    for (let next = this.#nextAdvance(); next <= target; next = this.#nextAdvance()) {
      this.#advancedMs = Math.max(this.#advancedMs, next);
      await this.settled();
    }
    this.#advancedMs = target;
    this.#arm();
  }

  /** How far the clock must have been advanced for the next appointment to be due. */
  #nextAdvance(): number {
    const { nextAt } = this.#agenda;
    return nextAt === undefined ? Infinity : nextAt - this.#base.now();
  }

  #startDue(): void {
    for (let next = this.#takeDue(); next; next = this.#takeDue()) {
      const done = next.run().finally(() => this.#running.delete(done));
      this.#running.add(done);
    }
    this.#arm();
  }

  #takeDue() {
    return this.#agenda.takeDue(this.now());
  }

  #arm(): void {
    clearTimeout(this.#timer);
    const { nextAt } = this.#agenda;
    if (nextAt === undefined) return;
    const waitMs = Math.min(Math.max(nextAt - this.now(), 0), LONGEST_TIMER_MS);
    this.#timer = setTimeout(() => this.#startDue(), waitMs);
    this.#timer.unref();
  }
}
