import { PricesService, type CreatePriceInput, type ListFilterInput } from 'nestjs-glomopay';
import { call, type ResourceCalls } from '../call.js';
import type { PlainClient } from '../plain-client.js';

const price = (gateway: PlainClient): Promise<string> =>
  gateway.made('/api/v1/prices', { pricing_type: 'percentage', bps: 100 });

export const prices: ResourceCalls = {
  title: 'Prices',
  calls: [
    call({
      endpoint: 'createPrice',
      service: PricesService,
      method: 'create',
      repeat: 'again',
      tests: ['test/calls/prices.e2e-spec.ts'],
      send: (service, input: CreatePriceInput) => service.create(input),
      smallest: {
        input: { pricingType: 'percentage', bps: 100 },
        wire: { pricing_type: 'percentage', bps: 100 },
      },
      fullest: {
        fixed: {
          input: {
            pricingType: 'fixed',
            feesAmount: 1000,
            feesCurrency: 'USD',
            setAsDefault: true,
          },
          wire: {
            pricing_type: 'fixed',
            fees_amount: 1000,
            fees_currency: 'USD',
            set_as_default: true,
          },
        },
        percentage: {
          input: { pricingType: 'percentage', bps: 1000, setAsDefault: false },
          wire: { pricing_type: 'percentage', bps: 1000, set_as_default: false },
        },
      },
    }),
    call({
      endpoint: 'getPrices',
      service: PricesService,
      method: 'list',
      also: ['listAll'],
      repeat: 'nothing',
      send: (service, filter: ListFilterInput) => service.list(filter),
      smallest: { input: {} },
      fullest: {
        'every filter': {
          input: { before: '2099-01-01T00:00:00Z', after: '2020-01-01', perPage: 50, page: 1 },
          wire: { before: '2099-01-01T00:00:00Z', after: '2020-01-01', per_page: 50, page: 1 },
        },
      },
      arrange: async (gateway) => {
        await price(gateway);
        return {};
      },
    }),
    call({
      endpoint: 'getPriceById',
      service: PricesService,
      method: 'get',
      repeat: 'nothing',
      send: (service, _: object, id) => service.get(id),
      smallest: { input: {} },
      arrange: async (gateway) => ({ id: await price(gateway) }),
    }),
  ],
};
