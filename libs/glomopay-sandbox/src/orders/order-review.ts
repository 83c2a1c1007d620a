import type { Book } from '../books/book.js';
import type { PayinStatus } from '../payins/payin-status.js';
import { wantedDocuments } from '../payins/wanted-documents.js';
import type { RfiNews } from '../rfi/rfi.js';
import type { RfiDesk } from '../rfi/rfi-desk.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import type { OrderRecord } from './order.js';

/** What the review works on. */
export interface OrderReview {
  readonly orders: Book<OrderRecord>;
  readonly rfis: RfiDesk;
  readonly clock: Clock;
}

/** Where an RFI leads its order. */
const STATUS_AFTER: Partial<Record<RfiNews, PayinStatus>> = {
  asked: 'action_required',
  answered: 'under_review',
  approved: 'active',
  rejected: 'failed',
};

/** The order as it is opened on an account that reviews orders: it waits for a passport. */
export function underReview(order: OrderRecord, { orders, rfis, clock }: OrderReview): OrderRecord {
  const rfi = rfis.raise({
    objectId: order.id,
    told: (news, current) => {
      const status = STATUS_AFTER[news];
      // INFERRED: an order whose RFI has expired stays as it is.
      if (!status) return;
      orders.move(order.id, {
        ...(status === 'action_required' ? wantedDocuments(current) : { rfi_documents: undefined }),
        status,
        updated_at: timestamp(clock),
      });
    },
  });
  return { ...order, ...wantedDocuments(rfi), status: 'action_required' };
}
