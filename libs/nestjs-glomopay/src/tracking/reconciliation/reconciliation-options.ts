import type { Payment } from '../../api/payments/payment.js';
import { GlomopayValidationError } from '../../errors/validation.error.js';
import { instantMs } from '../../values/calendar.js';
import type { PaymentExpectation } from '../payments/payment-intent.js';

/** What the host expected of a payment that no record knows. */
export interface ExpectedPayment extends PaymentExpectation {
  /**
   * The `requestId` that the payment was started with, if you know it: then a repeat of that `pay` finds
   * the record instead of charging again. It counts only if the gateway has the payment under it.
   * @defaultValue what the gateway echoes, else the payment's own id
   */
  readonly requestId?: string | undefined;
}

/** What a host may answer of a payment; undefined: it knows nothing of it. */
export type Expectation = ExpectedPayment | 'foreign' | undefined;

/** Which part of the books is compared, and what may be done about differences. */
export interface ReconciliationOptions {
  /**
   * From this moment on. A text is ISO 8601: without an offset it is UTC, and a bare day is its
   * beginning.
   */
  readonly from: Date | string;
  /** Up to this moment, exclusive; a bare day is its end. @defaultValue now */
  readonly to?: Date | string | undefined;
  /** Whether differences are mended where that is safe. False writes nothing. @defaultValue true */
  readonly repair?: boolean | undefined;
  /**
   * Asked about every payment of the gateway that no record knows, as after the database was set back to
   * an earlier state: what did you expect of it, by your own books? From the answer, never from the
   * gateway's amount, its record is made, and it is settled as any other; outcome handlers run. `foreign`:
   * it is not yours, and is not reported. @defaultValue such payments are reported only
   */
  readonly expectationOf?: ((payment: Payment) => Expectation | Promise<Expectation>) | undefined;
  /** Ends the comparison between two differences, or the call that is under way. */
  readonly signal?: AbortSignal | undefined;
}

/** The checked options. */
export interface ReconciliationPlan {
  readonly from: Date;
  readonly to: Date;
  readonly repair: boolean;
  readonly expectationOf: ReconciliationOptions['expectationOf'];
  readonly signal: AbortSignal | undefined;
}

const DAY_MS = 86_400_000;
const BARE_DAY = /^\d{4}-\d{2}-\d{2}$/;

/**
 * @throws {GlomopayValidationError} a moment cannot be read, the part of the books has no length, or an
 *   option is not what it has to be: what only nearly says `repair: false` must not write.
 */
export function planOf(options: ReconciliationOptions, now: number): ReconciliationPlan {
  const { from, to = new Date(now), repair = true, expectationOf, signal } = options;
  if (typeof repair !== 'boolean') throw faultAt('repair', 'isBoolean', 'must be true or false');
  if (expectationOf !== undefined && typeof expectationOf !== 'function') {
    throw faultAt('expectationOf', 'isFunction', 'must be a function');
  }
  const start = momentOf('from', from);
  const end = momentOf('to', to);
  if (start >= end) throw faultAt('to', 'isLater', 'must be later than from');
  return { from: new Date(start), to: new Date(end), repair, expectationOf, signal };
}

function momentOf(path: 'from' | 'to', moment: Date | string): number {
  const isDay = typeof moment === 'string' && BARE_DAY.test(moment);
  const ms = moment instanceof Date ? moment.getTime() : instantMs(moment);
  if (ms === undefined || Number.isNaN(ms)) {
    const rule = 'must be a time such as 2026-01-31T12:00:00Z, or a day, YYYY-MM-DD';
    throw faultAt(path, 'isInstant', rule);
  }
  return isDay && path === 'to' ? ms + DAY_MS : ms;
}

function faultAt(path: string, rule: string, message: string): GlomopayValidationError {
  return new GlomopayValidationError('reconciliation', [{ path, rule, message }]);
}
