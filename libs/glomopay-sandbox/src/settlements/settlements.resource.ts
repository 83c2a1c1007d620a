import type { Book } from '../books/book.js';
import { pageOf } from '../books/page.js';
import { NO_FILTERS } from '../books/read-routes.js';
import { Resource } from '../books/resource.js';
import { ListQuery } from '../http/list-query.js';
import { jsonFields, jsonOrNoFields } from '../http/request-body.js';
import type { PaymentRecord } from '../payments/payment.js';
import type { ResourceKit } from '../resource-kit.js';
import { readSettlement } from './read-settlement.js';
import { settleAll } from './settle.js';
import { settleOnDemand } from './settle-on-demand.js';
import { settlementBook } from './settlement-book.js';
import type { Settlement, SettlementRecord } from './settlement.js';

/** `/api/v1/settlements`: create, list, get, transactions, and the mock that settles. */
export function settlementResource(
  kit: ResourceKit,
  payments: Book<PaymentRecord>,
): Resource<SettlementRecord, Settlement> {
  const settlements = settlementBook(kit);
  return new Resource<SettlementRecord, Settlement>({
    book: settlements,
    shown: ({ settlement }) => settlement,
    paths: ['/settlements'],
    filters: NO_FILTERS,
    calls: (api, path, { environment }) => {
      api.post(path, (request, reply) => {
        const asked = readSettlement(jsonFields(request));
        const { settlement } = settleOnDemand(asked, { ...kit, settlements, payments });
        reply.code(201);
        return settlement;
      });
      api.get<{ Params: { id: string } }>(`${path}/:id/transactions`, (request) => {
        const { transactions } = settlements.find(request.params.id);
        return pageOf(transactions.toReversed(), new ListQuery(request, []).window());
      });
      if (environment !== 'sandbox') return;
      api.post(`${path}/mock-trigger`, (request) => {
        jsonOrNoFields(request).finish();
        // INFERRED: what was settled now, on one page.
        const made = settleAll({ ...kit, settlements, payments }).map(
          ({ settlement }) => settlement,
        );
        return pageOf(made, { page: 1, perPage: 100 });
      });
    },
    summary: ({ settlement }) => settlement,
  });
}
