import { HttpModule, HttpService } from '@nestjs/axios';
import { NestFactory } from '@nestjs/core';
import { firstValueFrom } from 'rxjs';
import { callbackUrl, localPayments, localStripe } from './local-clients.mjs';
import { secretKey } from './signed-callbacks.mjs';

const card = { number: '4111111111111111', cvv: '123' };
const notes = { cart: 'c-4711', channel: 'web' };

/** Each client: from a port to a function that creates one card payment there. */
export const clients = {
  glomopay: async (port) => {
    const { payments, hurry } = await localPayments(port);
    return (number) => {
      hurry();
      return payments.create({
        orderId: 'order_6903c1a2b7XyZ',
        requestId: `bench-${number}`,
        card: { ...card, holderName: 'Ada Lovelace', expiryMonth: '12', expiryYear: '2031' },
        notes,
      });
    };
  },

  stripe: async (port) => {
    const stripe = localStripe(port);
    return (number) =>
      stripe.paymentIntents.create(
        {
          amount: 2500,
          currency: 'usd',
          confirm: true,
          payment_method_data: {
            type: 'card',
            billing_details: { name: 'Ada Lovelace' },
            card: { number: card.number, cvc: card.cvv, exp_month: 12, exp_year: 2031 },
          },
          return_url: callbackUrl,
          metadata: notes,
        },
        { idempotencyKey: `bench-${number}` },
      );
  },

  httpService: async (port) => {
    const app = await NestFactory.createApplicationContext(HttpModule, { logger: false });
    const http = app.get(HttpService);
    return (number) =>
      firstValueFrom(
        http.post(
          `http://127.0.0.1:${port}/api/v1/payments`,
          {
            method: 'card',
            callback_url: callbackUrl,
            order_id: 'order_6903c1a2b7XyZ',
            card: {
              holder_name: 'Ada Lovelace',
              number: card.number,
              expiry_month: '12',
              expiry_year: '2031',
              cvv: card.cvv,
            },
            request_id: `bench-${number}`,
            notes,
          },
          { headers: { authorization: `Bearer ${secretKey}` } },
        ),
      );
  },
};
