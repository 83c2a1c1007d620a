import {
  GlomopayValidationError,
  type GlomopayViolation,
} from '../../../errors/validation.error.js';
import { isId, type IdText } from '../../../values/ids.js';
import { expectationViolations, requestIdViolations } from '../../movements/intent-rules.js';
import type { TrackedIntent } from '../../store/tracked-record.js';
import { recordedSubject } from '../tracked-payment.js';

/** What is expected of a payment that somebody makes elsewhere. */
interface ExpectedMoney {
  /** Minor units of `currency`: the amount of the order or link, or of one charge of the subscription. */
  readonly amount: number;
  /** ISO 4217, upper case. */
  readonly currency: string;
  /** Your own reference, given to outcome handlers. */
  readonly reference: string;
  /** Your own key of this expectation; one key is one payment. @defaultValue the `reference` */
  readonly requestId?: string | undefined;
}

/** What is paid elsewhere: one thing. */
type PaidElsewhere =
  | {
      /** Order that is paid at a checkout page or by a transfer. */
      readonly orderId: IdText<'order'>;
      readonly paymentLinkId?: undefined;
      readonly subscriptionId?: undefined;
    }
  | {
      readonly paymentLinkId: IdText<'paymentLink'>;
      readonly orderId?: undefined;
      readonly subscriptionId?: undefined;
    }
  | {
      /** Subscription that is paid at the page of its link, or renewed by the gateway. */
      readonly subscriptionId: IdText<'subscription'>;
      readonly orderId?: undefined;
      readonly paymentLinkId?: undefined;
    };

/** A payment that is not ours to start, and what it must turn out to be before it counts. */
export type CollectionExpectation = ExpectedMoney & PaidElsewhere;

const payable = {
  orderId: 'order',
  paymentLinkId: 'paymentLink',
  subscriptionId: 'subscription',
} as const;
const members = Object.keys(payable) as (keyof typeof payable)[];

/**
 * The intent of a payment that is made elsewhere.
 *
 * @throws {GlomopayValidationError} it breaks a rule; nothing is written.
 */
export function collectionIntentOf(
  account: string,
  expectation: CollectionExpectation,
): TrackedIntent {
  const { amount, currency, reference, requestId } = expectation;
  const violations = [
    ...subjectFaults(expectation),
    ...keyViolations('reference', reference),
    ...(requestId === undefined ? [] : keyViolations('requestId', requestId)),
    ...expectationViolations(amount, currency),
  ];
  if (violations.length > 0) throw new GlomopayValidationError('expectation', violations);
  const { orderId, paymentLinkId, subscriptionId } = expectation;
  return {
    account,
    kind: 'collection',
    requestId: requestId ?? reference,
    reference,
    ...recordedSubject({
      orderId: orderId ?? null,
      paymentLinkId: paymentLinkId ?? null,
      subscriptionId: subscriptionId ?? null,
    }),
    amount,
    currency,
  };
}

/** The reference is the key where no other is given, so both keep the rules of one. */
function keyViolations(path: string, key: string): readonly GlomopayViolation[] {
  const text = typeof key === 'string' ? key : '';
  return requestIdViolations(text, 'payment').map((violation) => ({ ...violation, path }));
}

/** Exactly one, and an id of its kind: by its id a record knows later what is paid. */
function subjectFaults(expectation: CollectionExpectation): readonly GlomopayViolation[] {
  const given = members.filter((member) => (expectation[member] ?? undefined) !== undefined);
  if (given.length !== 1) {
    const message = `must be given, or else paymentLinkId or subscriptionId: exactly one of them`;
    return [{ path: 'orderId', rule: 'exactlyOneOf', message }];
  }
  return given
    .filter((member) => !isId(payable[member], expectation[member]))
    .map((member) => ({
      path: member,
      rule: 'isGlomopayId',
      message: `must be the id of what it names`,
    }));
}
