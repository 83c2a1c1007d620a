import { isSanctionedName } from '../screening/screening.js';
import { movePayout } from './payout-desk.js';
import type { PayoutDesk } from './payout-desk.js';
import { askAbout } from './payout-review.js';
import type { PayoutRecord } from './payout.js';
import { sendToBank } from './send-to-bank.js';

/** A payout that nothing keeps waiting goes on: to compliance where its payee is screened out, else to the bank. */
export function submit(record: PayoutRecord, desk: PayoutDesk): PayoutRecord {
  if (!isScreenedOut(record.payout.beneficiary_id, desk)) return sendToBank(record, desk);
  askAbout(record.id, desk);
  return movePayout(desk, record, { status: 'action_required' });
}

/** INFERRED: of payouts the beneficiary's name alone is screened, on every account. */
export function isScreenedOut(
  beneficiaryId: string,
  { beneficiaries }: Pick<PayoutDesk, 'beneficiaries'>,
): boolean {
  const payee = beneficiaries.get(beneficiaryId);
  return payee !== undefined && isSanctionedName(payee.name);
}
