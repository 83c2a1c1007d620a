import type { FastifyInstance } from 'fastify';
import { Book } from '../books/book.js';
import { newId } from '../books/object-id.js';
import type { ListFilters } from '../books/read-routes.js';
import { Resource } from '../books/resource.js';
import { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import { CONVERSION, convertedFrom, convertedTo } from './conversion.js';
import type { Conversion } from './conversion.js';
import { CONVERSION_BOARD } from './conversion-board.js';
import { readConversion } from './read-conversion.js';
import type { ConversionRequest } from './read-conversion.js';

const FILTERS: ListFilters<Conversion> = {
  names: ['source_currency', 'target_currency'],
  read(query) {
    const source = query.text('source_currency');
    const target = query.text('target_currency');
    return ({ from, to }) =>
      (source === undefined || from.currency === source) &&
      (target === undefined || to.currency === target);
  },
};

/** `/api/v1/balance_conversions`, create and list, and `/api/v1/balances`. */
export function conversionResource(kit: ResourceKit): Resource<Conversion, Conversion> {
  const conversions = new Book<Conversion>(CONVERSION, kit.clock);
  return new Resource<Conversion, Conversion>({
    book: conversions,
    shown: (conversion) => conversion,
    paths: ['/balance_conversions'],
    filters: FILTERS,
    hasGet: false,
    calls: (api, path) => {
      balanceCall(api, kit);
      api.post(path, (request, reply) => {
        const conversion = convert(readConversion(jsonFields(request)), kit);
        reply.code(201);
        return conversions.open(conversion);
      });
    },
    summary: (conversion) => conversion,
    board: CONVERSION_BOARD,
  });
}

function balanceCall(api: FastifyInstance, { account, balances }: ResourceKit): void {
  api.get('/balances', (request) => {
    Fields.ofQuery(request).finish();
    return {
      available: balances.list('primary'),
      pending: balances.list('pending'),
      ...(account.fundedBalance && { funded_balances: balances.list('funded') }),
    };
  });
}

/** Moves the money at once. INFERRED texts where there is no rate, and where nothing would arrive. */
function convert(
  { source, target, sourceAmount, targetAmount }: ConversionRequest,
  { balances, rates, clock }: ResourceKit,
): Conversion {
  const converted =
    sourceAmount === undefined
      ? convertedTo({ amount: targetAmount ?? 0, currency: target }, source, rates)
      : convertedFrom({ amount: sourceAmount, currency: source }, target, rates);
  if (!converted) throw GatewayError.badRequest('Currency pair is not supported');
  if (converted.to.amount < 1)
    throw GatewayError.badRequest('No available options for this amount');
  balances.debit(converted.from);
  balances.credit(converted.to);
  return {
    id: newId(CONVERSION.idPrefix, clock),
    ...converted,
    status: 'success',
    created_at: timestamp(clock),
  };
}
