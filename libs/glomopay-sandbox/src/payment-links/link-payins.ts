import type { Book } from '../books/book.js';
import { ofLink } from '../payments/payable.js';
import type { PayinSource } from '../payments/payin-source.js';
import type { Clock } from '../time/clock.js';
import { markPaid } from './link-book.js';
import { PAYMENT_LINK } from './payment-link.js';
import type { LinkRecord } from './payment-link.js';

/** Payment links, as far as money can be sent for them. */
export function linkPayins(links: Book<LinkRecord>, clock: Clock): PayinSource {
  return {
    idPrefix: PAYMENT_LINK.idPrefix,
    find(id) {
      const link = links.get(id)?.link;
      return link && { id, isActive: link.status === 'active', payable: ofLink(link) };
    },
    pay: (id) => markPaid(links, id, clock),
  };
}
