/** An abort signal that also fires by time. Cleared when the work has ended, so that no timer stays. */
export class TimeLimit {
  readonly signal: AbortSignal;
  readonly #timer: NodeJS.Timeout;

  constructor(limitMs: number, outer?: AbortSignal) {
    const own = new AbortController();
    this.signal = outer === undefined ? own.signal : AbortSignal.any([outer, own.signal]);
    this.#timer = setTimeout(() => own.abort(), limitMs);
    this.#timer.unref();
  }

  clear(): void {
    clearTimeout(this.#timer);
  }
}
