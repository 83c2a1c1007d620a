import type { SandboxAccount } from '../account.js';
import { assertRequiredNotes } from '../required-notes.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import { newId } from '../books/object-id.js';
import { readRequestId } from '../http/request-id.js';
import { readAmount, readCurrency } from '../money/read-money.js';
import { ORDER, PAYMENT_METHODS } from './order.js';
import type { BankAccountDetails, Order, Product } from './order.js';
import { PAYIN_PURPOSE_CODES } from './purpose-codes.js';
import { refuseUnavailableFeatures } from './unavailable-features.js';

const RESERVED_NOTES = ['id', 'customer_id', 'status', 'currency', 'amount', 'created_at'];

/** Reads and checks the body of `POST /orders`. */
export function readNewOrder(fields: Fields, clock: Clock, account: SandboxAccount): Order {
  refuseUnavailableFeatures(fields);
  const now = timestamp(clock);
  const amount = readAmount(fields);
  const bankAccount = readBankAccount(fields.object('bank_account_details'));
  const order: Order = {
    id: newId(ORDER.idPrefix, clock),
    customer_id: fields.requiredText('customer_id'),
    document_id: fields.id('document_id', 'doc') ?? null,
    status: 'active',
    currency: readCurrency(fields),
    amount,
    purpose_code: fields.oneOf('purpose_code', PAYIN_PURPOSE_CODES) ?? account.defaultPurposeCode,
    invoice_number: fields.text('invoice_number') ?? null,
    invoice_description: fields.text('invoice_description') ?? null,
    invoice_amount: readInvoiceAmount(fields, amount),
    reference_number: fields.text('reference_number') ?? null,
    product: readProduct(fields.object('product')),
    notes: fields.notes('notes', RESERVED_NOTES),
    ...(bankAccount ? { bank_account_details: bankAccount } : {}),
    payment_methods: fields.someOf('payment_methods', PAYMENT_METHODS) ?? account.paymentMethods,
    request_id: readRequestId(fields),
    created_at: now,
    updated_at: now,
  };
  if (account.invoiceRequired && order.invoice_number === null) {
    fields.problem("Invoice number can't be blank");
  }
  fields.finish();
  assertEnabled(order, account);
  assertRequiredNotes(order.notes, account);
  return order;
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

function readInvoiceAmount(fields: Fields, amount: number): number | null {
  const invoiceAmount = fields.integer('invoice_amount', 1) ?? null;
  if (invoiceAmount !== null && invoiceAmount < amount) {
    fields.problem('Invoice amount must be greater than or equal to amount');
  }
  return invoiceAmount;
}

function readProduct(product: Fields | undefined): Product | null {
  if (!product) return null;
  return {
    name: product.requiredText('name', { maxLength: 128 }),
    description: product.text('description', { maxLength: 512 }) ?? null,
  };
}

function readBankAccount(account: Fields | undefined): BankAccountDetails | undefined {
  if (!account) return undefined;
  if (!account.has('bic_primary') && !account.has('bic_secondary')) {
    account.problem('Bank account details must have bic primary or bic secondary');
  }
  return {
    account_number: account.requiredText('account_number'),
    bic_primary: account.text('bic_primary') ?? null,
    bic_secondary: account.text('bic_secondary') ?? null,
    bank_customer_id: account.text('bank_customer_id') ?? null,
  };
}
