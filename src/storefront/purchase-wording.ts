import { displayAmount } from '../catalogue/catalogue.js';
import type { Purchase, PurchaseStatus } from '../purchases/purchase.js';
import { isOpen, type PurchaseRefund } from '../refunds/purchase-refund.js';

/** What a buyer reads about a purchase. */
export interface Wording {
  readonly title: string;
  readonly text: string;
}

const wordings: Readonly<Record<PurchaseStatus, Wording>> = {
  succeeded: {
    title: 'Payment successful',
    text: 'Thank you. Your order is confirmed and we start packing it today.',
  },
  failed: {
    title: 'Payment not completed',
    text: 'Your bank did not approve this payment. Nothing was charged. You can try again or use another card.',
  },
  pending: {
    title: 'Waiting for your bank',
    text: 'This payment is not confirmed yet. Finish the check at your bank if it is still open, and please do not pay a second time.',
  },
  mismatch: {
    title: 'We need to check this payment',
    text: 'What the bank reports does not match your order. Please do not pay again: write to us with the reference below and we put it right.',
  },
  needs_attention: {
    title: 'We are checking this payment',
    text: 'The bank has not given us a clear answer, so one of us looks into it. Please do not pay again: this page shows the result as soon as we have it.',
  },
  closed: {
    title: 'We have looked into this payment',
    text: 'It did not become an order. Please write to us with the reference below before you pay again: we tell you how it stands.',
  },
  returned: {
    title: 'Your money went back',
    text: 'This payment did not become an order, and its money went back to you. Your bank shows it within a few working days. You can order again.',
  },
};

const unknown: Wording = {
  title: 'Checking with the bank',
  text: 'We sent your payment and have not heard back yet. Please do not pay a second time: we keep asking, and this page shows the result.',
};

const failures = new Map<string, string>([
  ['INSUFFICIENT_BALANCE', 'Your bank reports that the card has not enough balance.'],
  ['CARD_EXPIRED', 'Your bank reports that the card has expired.'],
  ['INVALID_CARD_CVV', 'Your bank reports a wrong security code.'],
  [
    'CARD_NOT_SUPPORTED_ON_3DS',
    'This card cannot be used for payments that your bank checks online.',
  ],
  ['ORDER_NOT_OPENED', 'We could not reach the bank.'],
  ['PAYMENT_NOT_STARTED', 'The payment could not be started with this card.'],
]);

/** The words for the confirmed state of a purchase and its refunds. */
export function wordingOf(purchase: Purchase, refunds: readonly PurchaseRefund[] = []): Wording {
  // What the gateway refused has never been one, and is the shop's business alone.
  const newest = refunds.findLast(({ state }) => state !== 'refused');
  return newest === undefined ? paymentWording(purchase) : refundWording(purchase, newest, refunds);
}

function refundWording(
  { amount, currency }: Purchase,
  newest: PurchaseRefund,
  refunds: readonly PurchaseRefund[],
): Wording {
  const back = displayAmount(newest.amount, currency);
  if (isOpen(newest)) {
    return {
      title: 'Refund in progress',
      text: `We have asked for ${back} to go back to the card you paid with. Banks take a few working days. You need to do nothing.`,
    };
  }
  if (newest.state === 'failed') {
    return {
      title: 'Refund failed',
      text: `${back} could not go back to the card you paid with. One of us looks into it. You need to do nothing.`,
    };
  }
  const all = refunds
    .filter(({ state }) => state === 'refunded')
    .reduce((sum, refund) => sum + refund.amount, 0);
  return {
    title: all >= amount ? 'Refunded' : 'Refunded in part',
    text: `${displayAmount(all, currency)} went back to the card you paid with. Your bank shows it within a few working days.`,
  };
}

function paymentWording(purchase: Purchase): Wording {
  if (purchase.status === 'pending' && purchase.paymentId === null) {
    return unknown;
  }
  const wording = wordings[purchase.status];
  const reason =
    purchase.status === 'failed' ? failures.get(purchase.failureCode ?? '') : undefined;
  return reason === undefined
    ? wording
    : { ...wording, text: `${reason} Nothing was charged. You can try again or use another card.` };
}
