import type { PaymentId } from '../../values/ids.js';
import type { Payment } from '../payments/payment.js';
import { ageOf, youngUntil, type RefundAge } from './refund-age.js';
import {
  refundedAs,
  remainderOf,
  type RefundableAmount,
  type Remainder,
} from './refund-remainder.js';
import type { Refund } from './refund.js';

/**
 * What is against refunding a payment (docs/gateway.md, Refunds):
 * - `not_successful`: its status is not `success`;
 * - `pay_via_bank`, `top_up`: a method, or a kind of payment, that is never refunded;
 * - `compliance_withheld`, `compliance_rejected`: its review is open, or went against it;
 * - `too_old`: more than 180 days have passed;
 * - `fully_refunded`: all of it is back or on its way; refunds that are not final count.
 */
export type RefundObstacle =
  | 'not_successful'
  | 'pay_via_bank'
  | 'top_up'
  | 'compliance_withheld'
  | 'compliance_rejected'
  | 'too_old'
  | 'fully_refunded';

/**
 * What may be against it all the same, and was not or cannot be seen:
 * - `balance`: refunds are paid from yours, and it was not looked at: by then it is another one;
 * - `chargeback`: one that you have not won forbids a refund, and no call tells of chargebacks;
 * - `age`: its 180 days end about now, or it does not say when it was made;
 * - `amount`: it does not say what it came to in the currency in which refunds are asked for;
 * - `earlier_refunds`: what they leave cannot be told, because a rate or a fee is between what was asked
 *   for and what they say;
 * - `payment_method`, `compliance`: it has a method or a compliance status that we do not know.
 */
export type RefundDoubt =
  'balance' | 'chargeback' | 'age' | 'amount' | 'earlier_refunds' | 'payment_method' | 'compliance';

/** What can still be refunded of a payment, as far as the payment and its refunds tell. */
export interface Refundability {
  readonly paymentId: PaymentId;
  /**
   * The most that can be asked for now, in the currency in which it is asked. Zero when something is
   * against it. Undefined when it cannot be told: see `doubts`.
   */
  readonly amount: RefundableAmount | undefined;
  /**
   * Whether less can be asked for: by card `if_enabled` for your account, which no call tells; by
   * anything else `never`.
   */
  readonly parts: 'if_enabled' | 'never' | 'unknown';
  /**
   * Until when it is young enough for sure: 180 days after it was begun. It is not documented whether
   * they count from there or from when it was paid, which is later. Undefined when it does not say.
   */
  readonly until: Date | undefined;
  /** Why it cannot be refunded; empty when nothing that can be seen is against it. */
  readonly obstacles: readonly RefundObstacle[];
  /** What the gateway may refuse it for all the same. Never empty: balance and chargebacks are not seen. */
  readonly doubts: readonly RefundDoubt[];
}

/** What is decided from. */
interface Facts {
  readonly payment: Payment;
  readonly remainder: Remainder;
  readonly age: RefundAge;
}

type Rule = (facts: Facts) => boolean;

const obstacles: readonly (readonly [RefundObstacle, Rule])[] = [
  ['not_successful', ({ payment }) => payment.status !== 'success'],
  ['pay_via_bank', ({ payment }) => methodOf(payment) === 'pay_via_bank'],
  ['top_up', isTopUp],
  // The gateway has no word "withheld" in this member; the money is held while a review is open.
  ['compliance_withheld', ({ payment }) => isUnderReview(payment)],
  ['compliance_rejected', ({ payment }) => payment.complianceStatus === 'rejected'],
  ['too_old', ({ age }) => age === 'over'],
  ['fully_refunded', ({ remainder }) => remainder === 'nothing'],
];

const doubts: readonly (readonly [RefundDoubt, Rule])[] = [
  ['balance', () => true],
  ['chargeback', () => true],
  ['age', ({ age }) => age === 'unknown'],
  ['amount', ({ payment }) => refundedAs(payment) === undefined],
  [
    'earlier_refunds',
    ({ remainder, payment }) => remainder === 'unknown' && refundedAs(payment) !== undefined,
  ],
  ['payment_method', ({ payment }) => !METHODS.includes(methodOf(payment))],
  ['compliance', ({ payment }) => !REVIEWS.includes(payment.complianceStatus)],
];

const METHODS: readonly string[] = ['card', 'bank_transfer', 'pay_via_bank'];
const REVIEWS: readonly (string | null)[] = [
  null,
  'approved',
  'rejected',
  'action_required',
  'under_review',
];

/**
 * What can still be refunded of a payment.
 *
 * @param refunds Every refund of it, whatever became of them.
 * @param now Milliseconds since the Unix epoch.
 */
export function refundabilityOf(
  payment: Payment,
  refunds: readonly Refund[],
  now: number,
): Refundability {
  const remainder = remainderOf(payment, refunds);
  const facts = { payment, remainder, age: ageOf(payment, now) };
  const against = holding(obstacles, facts);
  return {
    paymentId: payment.id,
    amount: against.length > 0 ? nothingOf(payment) : amountOf(remainder),
    parts: partsOf(payment),
    until: youngUntil(payment),
    obstacles: against,
    doubts: holding(doubts, facts),
  };
}

function holding<Name>(rules: readonly (readonly [Name, Rule])[], facts: Facts): readonly Name[] {
  return rules.filter(([, holds]) => holds(facts)).map(([name]) => name);
}

function amountOf(remainder: Remainder): RefundableAmount | undefined {
  return typeof remainder === 'object' ? remainder : undefined;
}

function nothingOf(payment: Payment): RefundableAmount | undefined {
  const all = refundedAs(payment);
  return all && { ...all, amount: 0 };
}

function methodOf({ paymentMethod }: Payment): string {
  return paymentMethod?.type ?? '';
}

function isTopUp({ payment: { payinType, payinId } }: Facts): boolean {
  return payinType === 'add_funds' || payinId?.startsWith('addfunds_') === true;
}

function isUnderReview({ complianceStatus }: Payment): boolean {
  return complianceStatus === 'action_required' || complianceStatus === 'under_review';
}

function partsOf(payment: Payment): Refundability['parts'] {
  const method = methodOf(payment);
  if (method === 'card') return 'if_enabled';
  return method === '' ? 'unknown' : 'never';
}
