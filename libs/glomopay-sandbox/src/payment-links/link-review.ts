import type { Book } from '../books/book.js';
import { wantedDocuments } from '../payins/wanted-documents.js';
import type { Rfi, RfiNews } from '../rfi/rfi.js';
import type { RfiDesk } from '../rfi/rfi-desk.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { activate } from './link-book.js';
import { linkChange } from './payment-link.js';
import type { LinkRecord } from './payment-link.js';

/** What the review works on. */
export interface LinkReview {
  readonly links: Book<LinkRecord>;
  readonly rfis: RfiDesk;
  readonly clock: Clock;
}

/** The link as it is opened where documents are wanted first: it waits for a passport. */
export function waiting(record: LinkRecord, review: LinkReview): LinkRecord {
  const { links, rfis, clock } = review;
  const rfi = rfis.raise({
    objectId: record.id,
    told: (news, current) => {
      const now = links.get(record.id);
      const change = now && changeAfter(news, current, now, timestamp(clock));
      if (change) links.move(record.id, change);
    },
  });
  return {
    ...record,
    link: { ...record.link, ...wantedDocuments(rfi), status: 'action_required' },
  };
}

/** Where an RFI leads its link, unless another way was faster. INFERRED: one that expires leads nowhere. */
function changeAfter(
  news: RfiNews,
  rfi: Rfi,
  record: LinkRecord,
  now: string,
): Pick<LinkRecord, 'link'> | undefined {
  const { status } = record.link;
  if (news === 'answered' && status === 'action_required') {
    return linkChange(record, { status: 'under_review', rfi_documents: undefined }, now);
  }
  if (status !== 'under_review') return undefined;
  if (news === 'approved') return activate(record, now);
  if (news === 'rejected') return linkChange(record, { status: 'failed' }, now);
  if (news !== 'asked') return undefined;
  return linkChange(record, { status: 'action_required', ...wantedDocuments(rfi) }, now);
}
