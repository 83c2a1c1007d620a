import type { Book } from '../books/book.js';
import type { Customer } from '../customers/customer.js';
import { GatewayError } from '../http/gateway-error.js';
import type { BankDecision } from '../payments/bank-decision.js';
import { decidePayment } from '../payments/decide-payment.js';
import { newPayment } from '../payments/new-payment.js';
import type { PaymentRecord } from '../payments/payment.js';
import type { ChargeRequest } from '../payments/read-charge.js';
import type { ResourceKit } from '../resource-kit.js';
import { payableOf } from './payable.js';
import { missed, renewed } from './subscription-change.js';
import { SUBSCRIPTION } from './subscription.js';
import type { CarriedCard, SubscriptionRecord } from './subscription.js';

/** What charges work on. */
export interface ChargeContext extends ResourceKit {
  readonly payments: Book<PaymentRecord>;
  readonly customers: Book<Customer>;
}

/** Charges a plan whose day has come, and says what becomes of it. */
export function chargePlan(
  record: SubscriptionRecord,
  context: ChargeContext,
): Partial<SubscriptionRecord> {
  const { plan, card, subscription } = record;
  const now = context.clock.now();
  if (!plan || !card) return { settledAt: now };
  const { amount } = subscription;
  const opened = open(record, card, { amount, requestId: null, notes: null }, context);
  const { payment } = decidePayment(opened, decisionOn(record), context);
  return payment.status === 'success'
    ? renewed(record, plan, now)
    : missed(record, plan, payment.status === 'failed', now);
}

/**
 * Charges a subscription because the merchant says so. The bank decides at once, after the answer.
 *
 * INFERRED: one that is declined leaves the subscription as it is.
 */
export function openCharge(
  charge: ChargeRequest,
  context: ChargeContext & { readonly subscriptions: Book<SubscriptionRecord> },
): PaymentRecord {
  const { payments, subscriptions, account, clock } = context;
  if (!account.duplicateCheckLast) payments.assertNew(charge.requestId);
  const record = subscriptions.get(charge.subscriptionId);
  if (!record) throw GatewayError.notFound(SUBSCRIPTION.kind);
  const card = chargeable(record, charge);
  const payment = open(record, card, charge, context);
  const decision = decisionOn(record);
  subscriptions.move(record.id, { declinesNext: false });
  clock.at(clock.now(), async () => void decidePayment(payment, decision, context));
  return payment;
}

function open(
  record: SubscriptionRecord,
  card: CarriedCard,
  { amount, requestId, notes }: Pick<ChargeRequest, 'amount' | 'requestId' | 'notes'>,
  { payments, customers, owner, rates, clock }: ChargeContext,
): PaymentRecord {
  return payments.open(
    newPayment(
      {
        request: { ...card, requestId, notes, callbackUrl: '' },
        payable: payableOf(record, { amount, isAutomatic: true }),
        customer: customers.get(record.subscription.customer_id),
        merchantId: owner.merchantId,
        rates,
      },
      clock,
    ),
  );
}

/** INFERRED texts: only the rules are documented. */
function chargeable(
  { subscription, card }: SubscriptionRecord,
  { amount, currency }: ChargeRequest,
): CarriedCard {
  if (subscription.interval_type !== 'as_presented') {
    throw GatewayError.badRequest(
      'Subsequent payments are only supported for as_presented subscriptions',
    );
  }
  if (subscription.status !== 'active' || !card) {
    throw GatewayError.badRequest(
      `Subscription cannot be charged from current state: ${subscription.status}`,
    );
  }
  if (currency !== subscription.currency) {
    throw GatewayError.validation(["Currency must be the subscription's currency"]);
  }
  if (amount > (subscription.max_amount ?? 0)) {
    throw GatewayError.validation(['Amount must be less than or equal to max amount']);
  }
  return card;
}

function decisionOn({ declinesNext }: SubscriptionRecord): BankDecision {
  return declinesNext ? 'decline' : 'approve';
}
