import type { Book } from '../books/book.js';
import type { Customer } from '../customers/customer.js';
import { GatewayError } from '../http/gateway-error.js';
import { newPayment } from '../payments/new-payment.js';
import { ofLink } from '../payments/payable.js';
import type { PaymentRecord } from '../payments/payment.js';
import { behaviourOf, keptOfCard } from '../payments/read-card.js';
import type { ResourceKit } from '../resource-kit.js';
import type { LinkRecord } from './payment-link.js';

/** The test card that the page of a link pays with: the bank asks, and says yes. Nobody types a number there. */
const PAGE_CARD = '4532442222222222';

/** What paying a link works on. */
export interface LinkCheckout extends Pick<ResourceKit, 'owner' | 'clock' | 'rates'> {
  readonly links: Book<LinkRecord>;
  readonly payments: Book<PaymentRecord>;
  readonly customers: Book<Customer>;
}

/**
 * Begins a card payment of a link, as its page does. The buyer comes back to the page.
 *
 * @throws {GatewayError} 400 unless it is active and offers cards.
 */
export function payLinkByCard(record: LinkRecord, checkout: LinkCheckout): PaymentRecord {
  const { link, url } = record;
  const { payments, customers, owner, clock, rates } = checkout;
  if (link.status !== 'active' || !link.payment_methods.includes('card')) {
    throw GatewayError.badRequest('Payment link takes no card now');
  }
  const customer = customers.get(link.customer_id);
  const card = { number: PAGE_CARD, holderName: customer?.name ?? 'Sandbox buyer' };
  const behaviour = behaviourOf(card, owner.environment);
  const request = {
    callbackUrl: url,
    requestId: null,
    notes: null,
    card: keptOfCard(card, behaviour),
    behaviour,
  };
  const { merchantId } = owner;
  return payments.open(
    newPayment({ request, payable: ofLink(record), customer, merchantId, rates }, clock),
  );
}
