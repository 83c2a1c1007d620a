import {
  looseInteger,
  looseNumber,
  looseObject,
  looseObjects,
  looseText,
  notes,
} from '../../wire/readers.js';
import { member, snapshot, type SnapshotOf } from '../../wire/snapshot.js';
import { moneySnapshot } from './money.snapshot.js';
import { documentSnapshot } from './parts.snapshot.js';

/** A payout at the time of an event. */
export type PayoutSnapshot = SnapshotOf<typeof payoutSnapshot>;

export const payoutSnapshot = snapshot({
  id: member('id'),
  status: member('status'),
  /** Minor units of `destinationCurrency`. */
  destinationAmount: member('destination_amount', looseInteger),
  destinationCurrency: member('destination_currency'),
  /** Minor units of `sourceCurrency`. */
  sourceAmount: member('source_amount', looseInteger),
  sourceCurrency: member('source_currency'),
  beneficiaryId: member('beneficiary_id'),
  purposeCode: member('purpose_code'),
  /** Destination units for one source unit. */
  midMarketRate: member(
    'mid_market_rate',
    looseObject((rate) => ({
      rate: rate.read('rate', looseNumber),
      currency: rate.read('currency', looseText),
    })),
  ),
  fees: member(
    'fees',
    looseObject((fees) => ({
      fxFee: fees.read('fx_fee', looseObject(moneySnapshot)),
      txnFee: fees.read('txn_fee', looseObject(moneySnapshot)),
    })),
  ),
  /** The bank's reference. */
  utr: member('utr'),
  requestId: member('request_id'),
  /** `swift`, `imps`, `sepa`, … */
  paymentRail: member('payment_rail'),
  invoiceNumber: member('invoice_number'),
  feeCollectionMode: member('fee_collection_mode'),
  errorCode: member('error_code'),
  errorDescription: member('error_description'),
  customerErrorDescription: member('customer_error_description'),
  quoteId: member('quote_id'),
  notes: member('notes', notes),
  documents: member('documents', looseObjects(documentSnapshot)),
  createdAt: member('created_at'),
  updatedAt: member('updated_at'),
});
