import {
  looseId,
  looseInteger,
  looseNumber,
  looseObject,
  looseObjects,
  looseText,
  notes,
} from '../../wire/readers.js';
import { may, shape, type ObjectOf, type SnapshotOf } from '../../wire/shape.js';
import { readFees } from '../parts/money.js';
import { readAttachedDocument } from '../parts/documents.js';

/** Money on its way to a beneficiary, as the gateway records it. */
export interface Payout extends ObjectOf<typeof payoutShape> {}

/** A payout at the time of an event. */
export type PayoutSnapshot = SnapshotOf<typeof payoutShape>;

export const payoutShape = shape('payout', {
  id: may('id', looseId<'payout'>()),
  status: may('status'),
  /** Minor units of `destinationCurrency`. */
  destinationAmount: may('destination_amount', looseInteger),
  destinationCurrency: may('destination_currency'),
  /** Minor units of `sourceCurrency`. */
  sourceAmount: may('source_amount', looseInteger),
  sourceCurrency: may('source_currency'),
  beneficiaryId: may('beneficiary_id', looseId<'beneficiary'>()),
  purposeCode: may('purpose_code'),
  /** Destination units for one source unit. */
  midMarketRate: may(
    'mid_market_rate',
    looseObject((rate) => ({
      rate: looseNumber(rate.rate),
      currency: looseText(rate.currency),
    })),
  ),
  fees: may('fees', looseObject(readFees)),
  /** The bank's reference. */
  utr: may('utr'),
  requestId: may('request_id'),
  /** `swift`, `imps`, `sepa`, … */
  paymentRail: may('payment_rail'),
  invoiceNumber: may('invoice_number'),
  feeCollectionMode: may('fee_collection_mode'),
  errorCode: may('error_code'),
  errorDescription: may('error_description'),
  customerErrorDescription: may('customer_error_description'),
  quoteId: may('quote_id', looseId<'quote'>()),
  notes: may('notes', notes),
  documents: may('documents', looseObjects(readAttachedDocument)),
  createdAt: may('created_at'),
  updatedAt: may('updated_at'),
});
