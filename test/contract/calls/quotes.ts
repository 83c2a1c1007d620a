import { QuotesService, type CreateQuoteInput } from 'nestjs-glomopay';
import { call, type ResourceCalls } from '../call.js';

export const quotes: ResourceCalls = {
  title: 'Quotes',
  calls: [
    call({
      endpoint: 'createQuote',
      service: QuotesService,
      method: 'create',
      repeat: 'nothing',
      tests: ['test/calls/quotes.e2e-spec.ts'],
      send: (service, input: CreateQuoteInput) => service.create(input),
      smallest: {
        input: {
          resource: 'payin',
          sourceCurrency: 'AED',
          destinationCurrency: 'USD',
          destinationAmount: 1000,
          paymentMethod: { type: 'bank_transfer' },
        },
        wire: {
          resource: 'payin',
          source_currency: 'AED',
          destination_currency: 'USD',
          destination_amount: 1000,
          payment_method: { type: 'bank_transfer' },
        },
      },
      fullest: {
        'by what is paid': {
          input: {
            resource: 'payout',
            sourceCurrency: 'USD',
            destinationCurrency: 'INR',
            sourceAmount: 10_000,
            paymentMethod: { type: 'bank_transfer', subtype: 'swift_transfer' },
          },
          wire: {
            resource: 'payout',
            source_currency: 'USD',
            destination_currency: 'INR',
            source_amount: 10_000,
            payment_method: { type: 'bank_transfer', subtype: 'swift_transfer' },
          },
        },
        'by what arrives, of a platform': {
          input: {
            resource: 'payin',
            sourceCurrency: 'AED',
            destinationCurrency: 'USD',
            destinationAmount: 1000,
            paymentMethod: { type: 'pay_via_bank', subtype: 'local_transfer' },
            splitIds: ['psplit_1'],
          },
          wire: {
            resource: 'payin',
            source_currency: 'AED',
            destination_currency: 'USD',
            destination_amount: 1000,
            payment_method: { type: 'pay_via_bank', subtype: 'local_transfer' },
            split_ids: ['psplit_1'],
          },
        },
      },
    }),
  ],
};
