import type { Book } from '../books/book.js';
import { Resource } from '../books/resource.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import type { PayinNeighbours } from '../payins/read-payin.js';
import { useQuote } from '../quotes/usable-quote.js';
import type { ResourceKit } from '../resource-kit.js';
import { linkActions, linkMocks } from './link-actions.js';
import { LINK_BOARD } from './link-board.js';
import { linkBook } from './link-book.js';
import { LINK_FILTERS } from './link-filter.js';
import { waiting } from './link-review.js';
import type { FirstLinkStatus, LinkRecord, PaymentLink } from './payment-link.js';
import { readNewLink } from './read-link.js';

/** Where the pages of payment links are. */
export const LINK_PAGES = '/payment-links';

/** `/api/v1/payin`: create, list, get, update, cancel, the answer to an RFI, and the mocked review. */
export function paymentLinkResource(
  kit: ResourceKit,
  { customers, quotes, prices }: PayinNeighbours,
): Resource<LinkRecord, PaymentLink> {
  const { clock, account, rates } = kit;
  const links = linkBook(kit);
  return new Resource<LinkRecord, PaymentLink>({
    book: links,
    shown: ({ link }) => link,
    paths: ['/payin'],
    filters: LINK_FILTERS,
    calls: (api, path, { origin }) => {
      const pageOf = (token: string) => `${origin()}${LINK_PAGES}/${token}`;
      api.post(path, (request, reply) => {
        const market = { clock, account, rates, quotes, prices };
        const record = readNewLink(jsonFields(request), market, pageOf);
        if (!customers.get(record.link.customer_id)) throw GatewayError.notFound('Customer');
        useQuote(quotes, record.quote, record.id);
        reply.code(201);
        return links.open(begun(record, account.linkStatus, { ...kit, links })).link;
      });
    },
    actions: linkActions(links, kit),
    mocks: linkMocks(links, kit),
    summary: summaryOf,
    board: LINK_BOARD,
  });
}

/** The link as this account's links begin. */
function begun(
  record: LinkRecord,
  status: FirstLinkStatus,
  review: ResourceKit & { readonly links: Book<LinkRecord> },
): LinkRecord {
  if (status === 'active') return record;
  const hidden = { ...record, link: { ...record.link, status, payment_link: null } };
  return status === 'action_required' ? waiting(hidden, review) : hidden;
}

function summaryOf({ link, quote }: LinkRecord): object {
  const { id, customer_id, status, amount, currency, payment_link, expires_at, created_at } = link;
  const quote_id = quote?.id ?? null;
  return {
    id,
    customer_id,
    status,
    amount,
    currency,
    payment_link,
    expires_at,
    quote_id,
    created_at,
  };
}
