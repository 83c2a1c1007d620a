import type { Clock } from '../../config/clock.js';
import { GlomopayApiError } from '../../errors/api.error.js';
import { isGlomopayError } from '../../errors/any-glomopay.error.js';
import { isFinalPaymentStatus, type Payment } from './payment.js';
import { jittered } from '../../values/jittered.js';

/** Asks the gateway about one payment. */
export type FetchPayment = (signal: AbortSignal) => Promise<Payment>;

/** Someone who waits for a payment. */
export interface PollListener {
  payment(payment: Payment): void;
  /** A look failed in a way that passes; the poll goes on. */
  fault(fault: unknown): void;
  /** The poll has ended without a final status. */
  failed(failure: unknown): void;
}

interface PollSettings {
  readonly clock: Clock;
  readonly intervalMs: number;
  readonly fetch: FetchPayment;
  /** Waits until the process may ask again. */
  readonly turn: (signal: AbortSignal) => Promise<void>;
  readonly ended: () => void;
}

const SPREAD = [0.8, 1.2] as const;
/** A buyer who has not finished by then is slow; ask less often. */
const PATIENT_AFTER_MS = 120_000;
const PATIENT_FACTOR = 1.5;
const LONGEST_PAUSE_MS = 30_000;

/** One loop that asks about one payment, shared by everyone who waits for it. */
export class PaymentPoll {
  readonly #settings: PollSettings;
  readonly #listeners = new Map<PollListener, number | undefined>();
  readonly #stop = new AbortController();
  #last: Payment | undefined;

  constructor(settings: PollSettings) {
    this.#settings = settings;
  }

  /** Adds a listener, with the interval it wants for itself; the first one starts the loop. */
  join(listener: PollListener, intervalMs: number | undefined): void {
    const first = this.#listeners.size === 0;
    this.#listeners.set(listener, intervalMs);
    if (first) void this.#run();
    else if (this.#last !== undefined) listener.payment(this.#last);
  }

  /** Removes a listener; without listeners the loop, its timer and its request end at once. */
  leave(listener: PollListener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size === 0) this.#finish();
  }

  /** Ends the poll for everyone. */
  end(failure: unknown): void {
    const listeners = [...this.#listeners.keys()];
    this.#finish();
    for (const listener of listeners) listener.failed(failure);
  }

  #finish(): void {
    if (this.#stop.signal.aborted) return;
    this.#listeners.clear();
    this.#settings.ended();
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    const { clock, fetch, turn } = this.#settings;
    const { signal } = this.#stop;
    const start = clock.now();
    let faults = 0;
    while (!signal.aborted) {
      try {
        await turn(signal);
        if (signal.aborted) return;
        const payment = await fetch(signal);
        faults = 0;
        this.#tell(payment);
      } catch (thrown) {
        if (signal.aborted) return;
        if (!passes(thrown)) return this.end(thrown);
        faults += 1;
        for (const listener of this.#listeners.keys()) listener.fault(thrown);
      }
      await clock.sleep(this.#pause(faults, clock.now() - start), signal).catch(() => undefined);
    }
  }

  #tell(payment: Payment): void {
    this.#last = payment;
    for (const listener of this.#listeners.keys()) listener.payment(payment);
    if (isFinalPaymentStatus(payment.status)) this.#finish();
  }

  /** The shortest interval that a listener wants, spread by 20 %, longer for the slow and the failing. */
  #pause(faults: number, waitedMs: number): number {
    const wanted = [...this.#listeners.values()].filter((own) => own !== undefined);
    const base = wanted.length > 0 ? Math.min(...wanted) : this.#settings.intervalMs;
    const patient = waitedMs > PATIENT_AFTER_MS ? base * PATIENT_FACTOR : base;
    const bounded =
      faults === 0 ? patient : Math.max(patient, Math.min(LONGEST_PAUSE_MS, patient * 2 ** faults));
    return jittered(bounded, SPREAD, () => this.#settings.clock.random());
  }
}

/** Trouble that may be over at the next look. A refusal (401, 403, 404) is not. */
function passes(thrown: unknown): boolean {
  if (!isGlomopayError(thrown)) return false;
  if (thrown instanceof GlomopayApiError)
    return thrown.status === 429 || thrown.status === 408 || thrown.status >= 500;
  return thrown.code !== 'GLOMOPAY_CONFIGURATION' && thrown.code !== 'GLOMOPAY_VALIDATION';
}
