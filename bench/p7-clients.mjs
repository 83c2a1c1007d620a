import 'reflect-metadata';
import { HttpModule, HttpService } from '@nestjs/axios';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { GlomopayModule, PaymentsService } from 'nestjs-glomopay';
import { firstValueFrom } from 'rxjs';
import { Stripe } from 'stripe';
import { secretKey } from './signed-callbacks.mjs';

const card = { number: '4111111111111111', cvv: '123' };
const callbackUrl = 'https://shop.example/payment/callback';
const notes = { cart: 'c-4711', channel: 'web' };

/** The library's injected clock. */
const CLOCK = Symbol.for('nestjs-glomopay:clock');
/** More than the pause between two calls under the gateway's limit of 3000 a minute. */
const STEP_MS = 25;

/**
 * The machine's clock, moved on with every call. So the library's own rate limit is in what is
 * measured, and never makes a call wait.
 */
function hurriedClock() {
  let ahead = 0;
  return {
    now: () => performance.now() + ahead,
    date: () => Date.now() + ahead,
    random: () => Math.random(),
    sleep: () => Promise.reject(new Error('a call had to wait')),
    hurry: () => {
      ahead += STEP_MS;
    },
  };
}

/** Each client: from a port to a function that creates one card payment there. */
export const clients = {
  glomopay: async (port) => {
    const clock = hurriedClock();
    const baseUrl = `http://127.0.0.1:${port}`;
    const app = await Test.createTestingModule({
      imports: [GlomopayModule.forRoot({ secretKey, callbackUrl, baseUrl })],
    })
      .overrideProvider(CLOCK)
      .useValue(clock)
      .compile();
    const payments = app.get(PaymentsService);
    return (number) => {
      clock.hurry();
      return payments.create({
        orderId: 'order_6903c1a2b7XyZ',
        requestId: `bench-${number}`,
        card: { ...card, holderName: 'Ada Lovelace', expiryMonth: '12', expiryYear: '2031' },
        notes,
      });
    };
  },

  stripe: async (port) => {
    const stripe = new Stripe(secretKey, {
      host: '127.0.0.1',
      port,
      protocol: 'http',
      telemetry: false,
    });
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
