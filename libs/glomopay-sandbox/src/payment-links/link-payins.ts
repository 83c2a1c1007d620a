import type { Book } from '../books/book.js';
import { ofLink } from '../payments/payable.js';
import type { Payin, PayinSource } from '../payments/payin-source.js';
import type { Clock } from '../time/clock.js';
import { markPaid } from './link-book.js';
import { PAYMENT_LINK } from './payment-link.js';
import type { LinkRecord } from './payment-link.js';

/** Payment links, as far as money can be sent for them. */
export function linkPayins(links: Book<LinkRecord>, clock: Clock): PayinSource {
  return {
    idPrefix: PAYMENT_LINK.idPrefix,
    find(id) {
      const record = links.get(id);
      return record && payinOf(record);
    },
    list: () => links.list().map(payinOf),
    pay: (id) => markPaid(links, id, clock),
  };
}

function payinOf(record: LinkRecord): Payin {
  const { id, status } = record.link;
  return { id, isActive: status === 'active', payable: ofLink(record) };
}
