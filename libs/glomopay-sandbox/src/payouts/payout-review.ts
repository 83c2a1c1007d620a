import type { Book } from '../books/book.js';
import type { RfiAnswer, RfiNews } from '../rfi/rfi.js';
import { movePayout } from './payout-desk.js';
import type { PayoutDesk } from './payout-desk.js';
import { rejectedByCompliance } from './payout-errors.js';
import type { PayoutRecord } from './payout.js';
import { sendToBank } from './send-to-bank.js';

/** Compliance asks about a payout, which names the request nowhere. */
export function askAbout(id: string, desk: PayoutDesk): void {
  desk.rfis.raise({ objectId: id, told: (news) => follow(news, id, desk) });
}

/** Takes an answer at the older route of the payout itself. */
export function answerReview(
  { id }: PayoutRecord,
  answers: readonly RfiAnswer[],
  { rfis, payouts }: Pick<PayoutDesk, 'rfis'> & { readonly payouts: Book<PayoutRecord> },
): PayoutRecord {
  rfis.answerAbout(id, answers, 'payout');
  return payouts.find(id);
}

/** Where an RFI leads its payout. INFERRED: one whose request has expired, or that has ended, stays as it is. */
function follow(news: RfiNews, id: string, desk: PayoutDesk): void {
  const record = desk.payouts.find(id);
  const isAsked = record.payout.status === 'action_required';
  if (!isAsked && !record.isUnderReview) return;
  switch (news) {
    case 'asked':
      movePayout(desk, record, { status: 'action_required' }, { isUnderReview: false });
      break;
    case 'answered':
      movePayout(desk, record, { status: 'in_progress' }, { isUnderReview: true });
      break;
    case 'approved':
      sendToBank(record, desk);
      break;
    case 'rejected':
      movePayout(desk, record, rejectedByCompliance(), { isUnderReview: false });
      break;
    case 'expired':
      break;
  }
}
