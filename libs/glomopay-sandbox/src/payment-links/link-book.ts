import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import { GatewayError } from '../http/gateway-error.js';
import { canBePaid, PAYIN_MOVES } from '../payins/payin-status.js';
import type { PayinStatus } from '../payins/payin-status.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { linkChange, PAYMENT_LINK } from './payment-link.js';
import type { LinkRecord } from './payment-link.js';

/** All payment links: one that nobody paid expires at its moment. */
export function linkBook({
  clock,
  publish,
}: Pick<ResourceKit, 'clock' | 'publish'>): Book<LinkRecord> {
  return new Book<LinkRecord>(
    {
      ...PAYMENT_LINK,
      lifecycles: [
        lifecycle<LinkRecord, PayinStatus>({
          statusOf: ({ link }) => link.status,
          moves: PAYIN_MOVES,
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
  if (!record || !canBePaid(record.link.status)) return;
  links.move(id, linkChange(record, { status: 'paid' }, timestamp(clock)));
}
