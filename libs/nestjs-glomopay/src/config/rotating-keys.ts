import { neutrally } from '../values/neutral-context.js';
import { jittered } from '../values/jittered.js';
import type { Clock } from './clock.js';
import type { GlomopayKeySource } from './key-provider.js';
import { HeldKeys, type Taken } from './held-keys.js';
import { HeardSource } from './heard-source.js';
import { IdleTimer } from './idle-timer.js';
import { KeyReadingFault, type KeyReading } from './key-reading.js';
import type { KeyRefresh, KeyRefreshCause, KeyRing, KeyRingState, Secrets } from './key-ring.js';

/** After a reading that brought nothing new, whatever asked for it is not heard for so long. */
const QUIET_MS = 10_000;
/** A source that tells of a change may do so in several steps, of which the last one counts. */
const QUIET_NOTICE_MS = 1_000;
/** A source that has failed is asked again after this time, or sooner where it is asked more often. */
const AGAIN_MS = 30_000;
/** Keys are read again so long before they end; those that live shorter, after half their time. */
const BEFORE_END_MS = 60_000;
/** Not all processes of a fleet ask at once. */
const SPREAD = [0.9, 1.1] as const;
/** Messages that wait for a reading. A flood of forged ones must not fill the memory meanwhile. */
const MOST_WAITING = 256;

/** How keys are followed. */
export interface Following {
  readonly option: string;
  readonly source: GlomopayKeySource;
  /** Reads usable keys. @throws {KeyReadingFault} */
  readonly read: (source: GlomopayKeySource, ending: AbortController) => Promise<KeyReading>;
  readonly clock: Clock;
  readonly refreshEveryMs: number;
  readonly graceMs: number;
}

/**
 * Keys of a source that is read again and again. Reading happens beside the work, one at a time; what
 * cannot be used changes nothing, so keys that worked go on working.
 */
export class RotatingKeys implements KeyRing {
  readonly #following: Following;
  readonly #held: HeldKeys;
  #source: HeardSource;
  readonly #quietUntil = new Map<KeyRefreshCause, number>();
  #running: Promise<boolean> | undefined;
  #ending: AbortController | undefined;
  #dueAt = 0;
  #dueCause: KeyRefreshCause = 'due';
  #isNotified = false;
  #readAt: number;
  #fault: string | undefined;
  #waiting = 0;
  #isClosed = false;
  readonly #timer = new IdleTimer();
  #listener: ((refresh: KeyRefresh) => void) | undefined;

  /** @param first What was read at boot. */
  constructor(following: Following, first: KeyReading) {
    const { clock, graceMs } = following;
    this.#following = following;
    this.#source = this.#heard(following.source);
    this.#held = new HeldKeys(first.keys, graceMs);
    this.#readAt = clock.date();
    this.#dueAt = this.#nextAfter(first);
  }

  active(): Secrets {
    const now = this.#following.clock.now();
    // Not by a timer alone: a process that was frozen, as functions are, comes back with old keys.
    if (now >= this.#dueAt) void this.#refresh(this.#dueCause);
    return this.#held.active(now);
  }

  news(cause: KeyRefreshCause): Promise<boolean> | undefined {
    if (this.#isClosed) return undefined;
    if (this.#running === undefined && this.#isQuiet(cause)) return undefined;
    if (cause === 'unknown_signature' && this.#waiting >= MOST_WAITING) return undefined;
    return this.#awaited(cause);
  }

  open(listener: (refresh: KeyRefresh) => void): void {
    if (this.#listener !== undefined || this.#isClosed) return;
    this.#listener = listener;
    this.#source.listen();
    this.#arm();
  }

  follow(source: GlomopayKeySource): void {
    if (this.#isClosed) return;
    this.#source.leave();
    this.#source = this.#heard(source);
    if (this.#listener !== undefined) this.#source.listen();
    // What runs reads the source of before.
    if (this.#running === undefined) void this.#refresh('due');
    else this.#isNotified = true;
  }

  close(): void {
    this.#isClosed = true;
    this.#dueAt = Infinity;
    this.#listener = undefined;
    this.#timer.stop();
    this.#ending?.abort();
    this.#source.leave();
  }

  state(): KeyRingState {
    const now = this.#following.clock.now();
    const all = this.#held.active(now).length;
    const older = all - this.#held.present;
    const { present } = this.#held;
    return { source: 'provider', present, older, readAt: this.#readAt, fault: this.#fault };
  }

  /** A reading that began before somebody asked may have read what was there before the change. */
  async #awaited(cause: KeyRefreshCause): Promise<boolean> {
    const isMessage = cause === 'unknown_signature';
    if (isMessage) this.#waiting += 1;
    try {
      const running = this.#running;
      if (running !== undefined) {
        if (await running) return true;
        if (this.#isClosed || this.#isQuiet(cause)) return false;
      }
      return await this.#refresh(cause);
    } finally {
      if (isMessage) this.#waiting -= 1;
    }
  }

  #heard(source: GlomopayKeySource): HeardSource {
    const heard: HeardSource = new HeardSource(this.#following.option, source, () => {
      if (!this.#isClosed && heard === this.#source) this.#notified();
    });
    return heard;
  }

  #notified(): void {
    this.#isNotified = true;
    if (this.#running === undefined) this.#heed();
  }

  /** Reads because of a notice; one that follows a reading without news comes a little later. */
  #heed(): void {
    const { clock } = this.#following;
    this.#isNotified = false;
    this.#dueCause = 'notified';
    this.#dueAt = Math.min(this.#dueAt, this.#quietUntil.get('notified') ?? 0);
    if (clock.now() >= this.#dueAt) void this.#refresh('notified');
    else this.#arm();
  }

  #refresh(cause: KeyRefreshCause): Promise<boolean> {
    // In no caller's context: the provider's work and the timer belong to no request.
    this.#running ??= neutrally(() => this.#ran(cause));
    return this.#running;
  }

  async #ran(cause: KeyRefreshCause): Promise<boolean> {
    this.#dueAt = Infinity;
    this.#dueCause = 'due';
    const hasNew = await this.#read(cause);
    const quietMs = cause === 'notified' ? QUIET_NOTICE_MS : QUIET_MS;
    if (!hasNew) this.#quietUntil.set(cause, this.#following.clock.now() + quietMs);
    this.#running = undefined;
    if (this.#isClosed) this.#dueAt = Infinity;
    else if (this.#isNotified) this.#heed();
    else this.#arm();
    return hasNew;
  }

  /**
   * Never rejects: what is wrong is told, and the keys stay. True: there is a key that did not count
   * before. Copies of a vault that disagree give the same few by turns, which is no news.
   */
  async #read(cause: KeyRefreshCause): Promise<boolean> {
    const { clock, read, refreshEveryMs } = this.#following;
    const startedAt = clock.now();
    let result: KeyRefresh['result'] = 'failed';
    let taken: Taken = 'same';
    this.#ending = new AbortController();
    try {
      const reading = await read(this.#source.source, this.#ending);
      taken = this.#held.take(reading, clock.now());
      result = taken === 'same' ? 'unchanged' : 'changed';
      this.#fault = undefined;
      this.#readAt = clock.date();
      this.#dueAt = this.#nextAfter(reading);
    } catch (thrown) {
      this.#fault = thrown instanceof KeyReadingFault ? thrown.message : 'it could not be read';
      this.#dueAt = clock.now() + Math.min(refreshEveryMs, AGAIN_MS);
    }
    const durationMs = clock.now() - startedAt;
    try {
      this.#listener?.({ cause, result, fault: this.#fault, durationMs });
    } catch {
      // A logger of the host that throws must not keep the keys from being read again.
    }
    return taken === 'new';
  }

  #nextAfter({ expiresAt }: KeyReading): number {
    const { clock, refreshEveryMs } = this.#following;
    const leftMs = expiresAt - clock.date();
    // Keys that have ended already are asked for again, but not in a loop.
    const beforeEndMs = Math.max(leftMs - Math.min(BEFORE_END_MS, leftMs / 2), QUIET_MS);
    const everyMs = jittered(refreshEveryMs, SPREAD, () => clock.random());
    return clock.now() + Math.min(everyMs, beforeEndMs);
  }

  #isQuiet(cause: KeyRefreshCause): boolean {
    if (cause === 'asked') return false;
    return this.#following.clock.now() < (this.#quietUntil.get(cause) ?? 0);
  }

  /** Sees to what comes next also where nobody asks for a key. */
  #arm(): void {
    const nextAt = Math.min(this.#dueAt, this.#held.nextEnd);
    if (this.#listener === undefined || nextAt === Infinity) return this.#timer.stop();
    this.#timer.set(nextAt - this.#following.clock.now(), () => {
      this.active();
      if (this.#running === undefined) this.#arm();
    });
  }
}
