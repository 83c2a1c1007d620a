import type { Book } from '../books/book.js';
import type { Rfi, RfiAnswer, RfiNews } from '../rfi/rfi.js';
import type { ResourceKit } from '../resource-kit.js';
import { moveRefund } from './refund-book.js';
import type { RefundDocument, RefundRecord, RefundStatus } from './refund.js';

/** What the review works on. */
export interface RefundReview extends Pick<ResourceKit, 'rfis' | 'clock'> {
  readonly refunds: Book<RefundRecord>;
}

/** Where an RFI leads its refund. */
const STATUS_AFTER: Partial<Record<RfiNews, RefundStatus>> = {
  asked: 'action_required',
  answered: 'under_review',
  approved: 'in_progress',
  rejected: 'cancelled',
};

/** The refund as it is opened on an account that reviews refunds: it waits for a passport. */
export function underReview(record: RefundRecord, review: RefundReview): RefundRecord {
  const rfi = review.rfis.raise({
    objectId: record.id,
    told: (news, current) => {
      const status = STATUS_AFTER[news];
      const now = review.refunds.get(record.id);
      // INFERRED: a refund whose RFI has expired stays as it is.
      if (!status || !now) return;
      const documents = news === 'asked' ? wanted(current) : now.refund.documents;
      moveRefund(review.refunds, now, { status, documents }, review.clock);
    },
  });
  const refund = { ...record.refund, status: 'action_required' as const, documents: wanted(rfi) };
  return { ...record, refund };
}

/** Takes the documents that a refund waits for. */
export function answerReview(
  { id }: RefundRecord,
  answers: readonly RfiAnswer[],
  { rfis, refunds, clock }: RefundReview,
): RefundRecord {
  rfis.answerAbout(id, answers, 'refund');
  const answered = refunds.find(id);
  const documents = answered.refund.documents.map((document): RefundDocument => {
    const answer = answers.find(({ rfiDocId }) => rfiDocId === document.rfi_doc_id);
    return answer ? { ...document, id: answer.documentId, status: 'uploaded' } : document;
  });
  return moveRefund(refunds, answered, { documents }, clock);
}

function wanted({ documents_required }: Rfi): RefundDocument[] {
  return documents_required.map(({ rfi_doc_id }) => ({
    id: null,
    type: 'rfi',
    status: 'pending',
    rfi_doc_id,
  }));
}
