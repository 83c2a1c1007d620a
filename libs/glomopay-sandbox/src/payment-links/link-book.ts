import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import type { Moves } from '../books/lifecycle.js';
import { GatewayError } from '../http/gateway-error.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { linkChange, PAYMENT_LINK } from './payment-link.js';
import type { LinkRecord, PaymentLinkStatus } from './payment-link.js';

/** A payment under way when the link expired may still pay it. */
const MOVES: Moves<PaymentLinkStatus> = {
  active: ['paid', 'expired', 'cancelled'],
  action_required: ['under_review'],
  under_review: ['active', 'failed', 'action_required'],
  expired: ['paid'],
  paid: [],
  failed: [],
  cancelled: [],
};

/** All payment links: one that nobody paid expires at its moment. */
export function linkBook({
  clock,
  publish,
}: Pick<ResourceKit, 'clock' | 'publish'>): Book<LinkRecord> {
  return new Book<LinkRecord>(
    {
      ...PAYMENT_LINK,
      lifecycles: [
        lifecycle<LinkRecord, PaymentLinkStatus>({
          statusOf: ({ link }) => link.status,
          moves: MOVES,
          // INFERRED text.
          refusal: () => GatewayError.badRequest('Payment link is not active'),
          events: {
            publish,
            entity: 'payment_link',
            shown: ({ link }) => link,
            atOpen: ['action_required', 'under_review'],
          },
        }),
      ],
      expiry: {
        dueAt: ({ link }) => (link.status === 'active' ? Date.parse(link.expires_at) : undefined),
        change: (record) => linkChange(record, { status: 'expired' }, timestamp(clock)),
      },
    },
    clock,
  );
}

/** Makes a link active: its page is told from now on. */
export function activate(record: LinkRecord, now: string): Pick<LinkRecord, 'link'> {
  const change = { status: 'active', payment_link: record.url, rfi_documents: undefined } as const;
  return linkChange(record, change, now);
}

/** Marks a link paid, unless it is so already or takes no money any more. */
export function markPaid(links: Book<LinkRecord>, id: string, clock: Clock): void {
  const record = links.get(id);
  if (record?.link.status !== 'active' && record?.link.status !== 'expired') return;
  links.move(id, linkChange(record, { status: 'paid' }, timestamp(clock)));
}
