import type { IdText } from '../../values/ids.js';
import { looseId, looseText } from '../../wire/readers.js';
import type { WireObject } from '../../wire/wire-object.js';

/** What makes an order a remittance under India's Liberalised Remittance Scheme, as the gateway records it. */
export interface LrsOrderDetails {
  readonly lrsQuoteId: IdText<'quote'> | null;
  /** Your reference, which goes with the money. */
  readonly remittanceInformation: string | null;
  readonly bankAccountId: IdText<'lrsBankAccount'> | null;
  readonly beneficiaryId: IdText<'beneficiary'> | null;
}

export function readLrsOrder(lrs: WireObject): LrsOrderDetails {
  return {
    lrsQuoteId: lrs.read('lrs_quote_id', looseId<'quote'>()),
    remittanceInformation: lrs.read('remittance_information', looseText),
    bankAccountId: lrs.read('bank_account_id', looseId<'lrsBankAccount'>()),
    beneficiaryId: lrs.read('beneficiary_id', looseId<'beneficiary'>()),
  };
}
