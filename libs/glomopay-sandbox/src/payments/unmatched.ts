import type { Payment } from './payment.js';

/** Why a transfer pays nothing. */
export type Mismatch = 'PAYIN_NOT_FOUND' | 'PAYIN_AMOUNT_MISMATCH';

// INFERRED descriptions: only the codes are documented.
const DESCRIPTIONS: Readonly<Record<Mismatch, string>> = {
  PAYIN_NOT_FOUND: 'The transfer matches no active order, payment link or top-up',
  PAYIN_AMOUNT_MISMATCH: 'The transfer is of another amount or currency than was quoted',
};

/** A transfer that waits for the merchant. */
export function unmatched(code: Mismatch): Partial<Payment> {
  return {
    status: 'action_required',
    error_code: code,
    error_description: DESCRIPTIONS[code],
    customer_error_description: null,
  };
}
