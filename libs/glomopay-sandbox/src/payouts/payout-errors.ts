import type { Payout, PayoutErrorCode } from './payout.js';

/** INFERRED texts. */
const DESCRIPTIONS: Readonly<Record<PayoutErrorCode, string>> = {
  PAYOUT_REJECTED: 'The payout was rejected',
  QUOTE_EXPIRED: 'The quote expired before the payout was submitted',
  QUEUE_EXPIRED: 'The payout was queued for 30 days',
  INSUFFICIENT_BALANCE: 'The balance does not cover the payout',
  INVALID_BENE_ACCOUNT_NUMBER: "The beneficiary's account number is invalid",
  INVALID_BENE_ACCOUNT_TYPE: "The beneficiary's account is of another type",
  INVALID_BENE_IFSC: "The IFSC of the beneficiary's bank is invalid",
  INVALID_VPA: "The beneficiary's UPI id is invalid",
  INVALID_BENE_NAME: "The beneficiary's name is invalid",
  INVALID_BENE_ADDRESS: "The beneficiary's address is invalid",
  INVALID_BENE_EMAIL: "The beneficiary's e-mail address is invalid",
  INVALID_BENE_CONTACT: "The beneficiary's contact is invalid",
  NAME_MISMATCH: 'The names of remitter and beneficiary differ',
};

/** How a payout ends without its money gone. */
export type Failure = Pick<
  Payout,
  'status' | 'error_code' | 'error_description' | 'customer_error_description'
>;

/** @param code null where there is none: a mocked failure, and a screening that could not run. */
export function failedWith(code: PayoutErrorCode | null): Failure {
  return { ...reasonOf(code), status: 'failed' };
}

/** What compliance makes of a payout that it rejects. */
export function rejectedByCompliance(): Failure {
  return { ...reasonOf('PAYOUT_REJECTED'), status: 'cancelled' };
}

function reasonOf(code: PayoutErrorCode | null): Omit<Failure, 'status'> {
  return {
    error_code: code,
    error_description: code === null ? null : DESCRIPTIONS[code],
    customer_error_description: code === null ? null : 'The payout could not be made',
  };
}
