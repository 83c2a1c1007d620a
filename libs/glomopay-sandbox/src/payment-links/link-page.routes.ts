import type { FastifyInstance } from 'fastify';
import type { Book } from '../books/book.js';
import { sendPage } from '../html/page.js';
import { redirectUrl } from '../payments/next-steps.js';
import { linkPage, unknownLinkPage } from './link.page.js';
import { payLinkByCard } from './pay-link.js';
import type { LinkCheckout } from './pay-link.js';
import type { LinkRecord } from './payment-link.js';
import { LINK_PAGES } from './payment-links.resource.js';

/** What the pages work on. */
export interface LinkPageContext extends LinkCheckout {
  readonly merchantName: string;
  readonly origin: () => string;
}

/** The pages of payment links: looked at, and left for the bank's page. Whoever has the address may pay. */
export function linkPageRoutes(app: FastifyInstance, context: LinkPageContext): void {
  const { links, merchantName, origin } = context;

  app.get<{ Params: { token: string } }>(`${LINK_PAGES}/:token`, (request, reply) => {
    const record = find(links, request.params.token);
    if (!record) return sendPage(reply, 404, unknownLinkPage());
    return sendPage(reply, 200, linkPage(record, merchantName));
  });

  app.post<{ Params: { token: string } }>(`${LINK_PAGES}/:token`, (request, reply) => {
    const record = find(links, request.params.token);
    if (!record) return sendPage(reply, 404, unknownLinkPage());
    const { status, payment_methods: methods } = record.link;
    if (status !== 'active' || !methods.includes('card')) {
      return sendPage(reply, 409, linkPage(record, merchantName));
    }
    const payment = payLinkByCard(record, context);
    return reply
      .header('cache-control', 'no-store')
      .header('referrer-policy', 'no-referrer')
      .redirect(redirectUrl(payment, origin()), 303);
  });
}

/** A link that was never active has a page that nobody was told of. */
function find(links: Book<LinkRecord>, token: string): LinkRecord | undefined {
  const record = links.list().find((each) => each.token === token);
  return record?.link.payment_link === null ? undefined : record;
}
