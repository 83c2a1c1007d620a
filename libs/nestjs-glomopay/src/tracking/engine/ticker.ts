import { jittered } from '../../values/jittered.js';

const SPREAD = [0.8, 1.2] as const;

/** Takes a turn again and again, each some time after the one before has ended. */
export class Ticker {
  readonly #pauseMs: number;
  readonly #keepsAlive: boolean;
  readonly #turn: () => Promise<void>;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #stopped = false;

  /**
   * @param pauseMs Between two turns, ± 20 %; with 0 there are none.
   * @param keepsAlive Whether the process lives on for the next turn.
   * @param turn Never rejects.
   */
  constructor(pauseMs: number, keepsAlive: boolean, turn: () => Promise<void>) {
    this.#pauseMs = pauseMs;
    this.#keepsAlive = keepsAlive;
    this.#turn = turn;
    if (pauseMs > 0) this.#wait();
  }

  /** Takes no further turn, and resolves when the last one has ended. */
  stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    return this.#running;
  }

  #wait(): void {
    const pauseMs = jittered(this.#pauseMs, SPREAD, Math.random);
    this.#timer = setTimeout(() => {
      this.#running = this.#turn().finally(() => {
        if (!this.#stopped) this.#wait();
      });
    }, pauseMs);
    if (!this.#keepsAlive) this.#timer.unref();
  }
}
