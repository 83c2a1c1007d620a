import { randomBytes } from 'node:crypto';
import type { Book } from '../books/book.js';
import { hasPrefix } from '../books/object-id.js';
import type { Customer } from '../customers/customer.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Money } from '../money/money.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import { conclude } from './compliance.js';
import type { ComplianceContext } from './compliance.js';
import { paymentInProgress } from './new-payment.js';
import type { Payable } from './payable.js';
import type { Payin, PayinSource } from './payin-source.js';
import { received } from './payment-outcome.js';
import type { PaymentRecord } from './payment.js';
import type { Transfer } from './read-transfer.js';
import { transferDetails } from './transfer-details.js';
import { unmatched } from './unmatched.js';

/** What a transfer works on. */
export interface TransferContext extends ResourceKit, ComplianceContext {
  readonly customers: Book<Customer>;
  readonly payins: readonly PayinSource[];
}

/**
 * Money comes by bank transfer. Whatever it is for, there is a payment of it; one that fits nothing waits
 * for the merchant in `action_required`.
 *
 * INFERRED: it is matched first, then screened, and a sanctions hit leaves what it is for as it was.
 */
export function transferred(transfer: Transfer, context: TransferContext): PaymentRecord {
  const { account, clock } = context;
  const source = sourceOf(transfer, context.payins);
  const payin = transfer.payinId === null ? undefined : source?.find(transfer.payinId);
  // INFERRED text: only that there is a 404 is documented.
  if (transfer.payinId !== null && !payin) throw GatewayError.notFound('Payin');
  const fault = faultOf(transfer, payin);
  const record = open(transfer, { payin, isMatched: fault === undefined }, context);
  const now = timestamp(clock);
  if (fault) {
    return conclude(record, { ...record.payment, ...unmatched(fault), updated_at: now }, context);
  }
  const { screening, transferFundsHeld: fundsHeld } = account;
  const names = [record.customerName, transfer.remitterName ?? ''];
  const payment = received(record, 'transfer', { screening, now, names, fundsHeld });
  const paid = conclude(record, payment, context);
  if (payin && payment.status === 'success') source?.pay(payin.id);
  return paid;
}

/** Why it pays nothing. */
function faultOf({ amount, currency }: Transfer, payin: Payin | undefined) {
  if (!payin?.isActive) return 'PAYIN_NOT_FOUND';
  const { payable } = payin;
  const isQuoted = amount === payable.amount && currency === payable.currency;
  return isQuoted ? undefined : 'PAYIN_AMOUNT_MISMATCH';
}

function sourceOf({ payinId }: Transfer, sources: readonly PayinSource[]): PayinSource | undefined {
  return sources.find(({ idPrefix }) => payinId !== null && hasPrefix(payinId, idPrefix));
}

/** Money on its way from a bank, as a payment at its beginning. */
export interface OpenTransfer {
  readonly payable: Payable;
  readonly charged: Money;
  readonly customer: Customer | undefined;
  /** What a resident of India says of a remittance. @defaultValue it is none */
  readonly remittance?: string;
}

/** Opens the payment of a transfer. */
export function openTransfer(
  { payable, charged, customer, remittance }: OpenTransfer,
  { payments, owner, clock }: Pick<TransferContext, 'payments' | 'owner' | 'clock'>,
): PaymentRecord {
  const details = transferDetails(customer);
  const payment = paymentInProgress(
    {
      payable,
      charged,
      senderName: details.sender_name,
      country: customer?.country ?? '',
      notes: null,
      method: {
        type: 'bank_transfer',
        details: { ...details, remittance_information: remittance ?? null },
      },
      merchantId: owner.merchantId,
    },
    clock,
  );
  return payments.open({
    id: payment.id,
    created_at: payment.created_at,
    payment,
    requestId: null,
    callbackUrl: '',
    customerName: customer?.name ?? '',
    authToken: randomBytes(24).toString('base64url'),
    behaviour: null,
    fundsHeld: false,
    referralFee: payable.referralFee,
    isRemittance: remittance !== undefined,
  });
}

function open(
  { amount, currency }: Transfer,
  { payin, isMatched }: { readonly payin: Payin | undefined; readonly isMatched: boolean },
  context: TransferContext,
): PaymentRecord {
  const { customer_id: customerId = null } = payin?.payable.members ?? {};
  const customer = context.customers.get(customerId ?? '');
  const charged = { amount, currency };
  // INFERRED: of what fits nothing, what came is what was requested.
  const payable =
    isMatched && payin
      ? { ...payin.payable, ...charged }
      : { ...charged, members: forNothing(customerId) };
  return openTransfer({ payable, charged, customer }, context);
}

function forNothing(customerId: string | null): Payin['payable']['members'] {
  return {
    payin_id: null,
    payin_type: null,
    subscription_id: null,
    purpose_code: null,
    customer_id: customerId,
    product_name: null,
    product_description: null,
  };
}
