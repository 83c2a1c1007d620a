import {
  BalancesService,
  type ConversionFilterInput,
  type ConvertBalanceInput,
} from 'nestjs-glomopay';
import { call, type ResourceCalls } from '../call.js';

const tests = ['test/calls/balances.e2e-spec.ts'];
const pair = { source_currency: 'USD', target_currency: 'EUR' };

export const balances: ResourceCalls = {
  title: 'Balances',
  calls: [
    call({
      endpoint: 'getBalance',
      service: BalancesService,
      method: 'get',
      repeat: 'nothing',
      tests,
      send: (service) => service.get(),
      smallest: { input: {} },
    }),
    call({
      endpoint: 'createBalanceConversion',
      service: BalancesService,
      method: 'convert',
      repeat: 'again',
      tests,
      send: (service, input: ConvertBalanceInput) => service.convert(input),
      smallest: {
        input: { sourceCurrency: 'USD', targetCurrency: 'EUR', sourceAmount: 1000 },
        wire: { ...pair, source_amount: 1000 },
      },
      fullest: {
        by_source: {
          input: { sourceCurrency: 'USD', targetCurrency: 'EUR', sourceAmount: 1000 },
          wire: { ...pair, source_amount: 1000 },
        },
        by_target: {
          input: { sourceCurrency: 'USD', targetCurrency: 'EUR', targetAmount: 1000 },
          wire: { ...pair, target_amount: 1000 },
        },
      },
      arrange: async ({ sandbox }) => {
        sandbox.balances.credit({ amount: 10_000, currency: 'USD' });
        return {};
      },
    }),
    call({
      endpoint: 'getBalanceConversions',
      service: BalancesService,
      method: 'listConversions',
      also: ['listAllConversions'],
      repeat: 'nothing',
      tests,
      send: (service, filter: ConversionFilterInput) => service.listConversions(filter),
      smallest: { input: {} },
      fullest: {
        'every filter': {
          input: {
            sourceCurrency: 'USD',
            targetCurrency: 'EUR',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            perPage: 50,
            page: 1,
          },
          wire: {
            ...pair,
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            per_page: 50,
            page: 1,
          },
        },
      },
      arrange: async (gateway) => {
        gateway.sandbox.balances.credit({ amount: 10_000, currency: 'USD' });
        await gateway.made('/api/v1/balance_conversions', { ...pair, source_amount: 1000 });
        return {};
      },
    }),
  ],
};
