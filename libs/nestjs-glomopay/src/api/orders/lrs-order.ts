import type { IdText } from '../../values/ids.js';
import type { OwnMembers } from '../../wire/own-members.js';
import { looseText } from '../../wire/readers.js';

/** What makes an order a remittance under India's Liberalised Remittance Scheme, as the gateway records it. */
export interface LrsOrderDetails {
  readonly lrsQuoteId: IdText<'quote'> | null;
  /** Your reference, which goes with the money. */
  readonly remittanceInformation: string | null;
  readonly bankAccountId: IdText<'lrsBankAccount'> | null;
  readonly beneficiaryId: IdText<'beneficiary'> | null;
}

export function readLrsOrder(lrs: OwnMembers): LrsOrderDetails {
  return {
    lrsQuoteId: looseText(lrs.lrs_quote_id),
    remittanceInformation: looseText(lrs.remittance_information),
    bankAccountId: looseText(lrs.bank_account_id),
    beneficiaryId: looseText(lrs.beneficiary_id),
  };
}
