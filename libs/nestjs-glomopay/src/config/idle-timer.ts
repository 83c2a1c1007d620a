const LONGEST_MS = 2 ** 31 - 1;

/** One timer, which keeps no process alive. What waits longer than a timer can comes before its time. */
export class IdleTimer {
  #timer: NodeJS.Timeout | undefined;

  /** Calls once after that time; in place of what was set before. */
  set(waitMs: number, call: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(call, Math.min(roundedUp(Math.max(1, waitMs)), LONGEST_MS));
    this.#timer.unref();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}

/**
 * Whole seconds, where it is more than one: of each duration that an unref'd timer ever had, Node keeps a
 * list until it would have ended, also when the timer was cleared.
 */
function roundedUp(waitMs: number): number {
  const unitMs = waitMs > 1_000 ? 1_000 : 1;
  return Math.ceil(waitMs / unitMs) * unitMs;
}
