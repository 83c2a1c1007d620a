import { may, shape, type ObjectOf } from '../../wire/shape.js';

/** Nothing is decided by it, and its answer is documented nowhere, so that every member may be missing. */
export const customerBankAccountShape = shape('customer bank account', {
  id: may('id'),
  /** Personal data. */
  accountNumber: may('account_number'),
  /** SWIFT code. */
  bicPrimary: may('bic_primary'),
  /** Local routing code, such as an IFSC. */
  bicSecondary: may('bic_secondary'),
});

/** The bank account that a customer may pay from, as the gateway records it. */
export interface CustomerBankAccount extends ObjectOf<typeof customerBankAccountShape> {}
