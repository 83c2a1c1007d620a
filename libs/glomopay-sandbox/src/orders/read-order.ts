import { newId } from '../books/object-id.js';
import type { SandboxAccount } from '../account.js';
import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import { LRS_PURPOSE_CODES, readRemittance } from '../lrs/remittance.js';
import { readRequestId } from '../http/request-id.js';
import { assertLrs } from '../lrs/banks.js';
import { readPayinDetails, readPayinTerms } from '../payins/read-payin.js';
import type { PayinMarket } from '../payins/read-payin.js';
import { assertRequiredNotes } from '../required-notes.js';
import { timestamp } from '../time/clock.js';
import { ORDER } from './order.js';
import type { Order, OrderRecord } from './order.js';

const FIXED_BY_QUOTE = ['amount', 'currency', 'price_id', 'payment_methods'];

/**
 * Reads and checks the body of `POST /orders`. A quote that was used is found here, before anybody has
 * looked at the `request_id` (docs/gateway.md, Order of checks).
 */
export function readNewOrder(fields: Fields, market: PayinMarket): OrderRecord {
  const { clock, account } = market;
  const terms = readPayinTerms(fields, market, FIXED_BY_QUOTE);
  if (fields.has('lrs')) assertLrs(account);
  const now = timestamp(clock);
  const order = {
    id: newId(ORDER.idPrefix, clock),
    ...readPayinDetails(fields, terms, account),
    ...readLrs(fields),
    status: 'active' as const,
    currency: terms.currency,
    amount: terms.amount,
    payment_methods: terms.methods ?? account.paymentMethods,
    request_id: readRequestId(fields),
    created_at: now,
    updated_at: now,
    quote: terms.quote,
    referralFee: terms.referralFee,
  };
  fields.finish();
  assertEnabled(order, account);
  assertRequiredNotes(order.notes, account);
  return order;
}

/** What a remittance says, and has: it keeps nothing of an invoice, a document or a product. */
function readLrs(fields: Fields): Partial<Order> {
  const sent = fields.object('lrs');
  if (!sent) return {};
  if (fields.has('quote_id')) {
    // INFERRED text.
    fields.problem('Lrs cannot be specified when quote_id is present');
  }
  return {
    lrs: readRemittance(sent),
    purpose_code: fields.oneOf('purpose_code', LRS_PURPOSE_CODES) ?? LRS_PURPOSE_CODES[0],
    document_id: null,
    invoice_number: null,
    invoice_description: null,
    invoice_amount: null,
    reference_number: null,
    product: null,
  };
}

/** INFERRED text: only the 400 is documented. */
function assertEnabled(
  { payment_methods: wanted }: Order,
  { paymentMethods }: SandboxAccount,
): void {
  if (!wanted.every((method) => paymentMethods.includes(method))) {
    throw GatewayError.badRequest('Payment method is not enabled for your account');
  }
}
