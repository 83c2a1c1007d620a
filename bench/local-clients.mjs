import 'reflect-metadata';
import { Test } from '@nestjs/testing';
import { GlomopayModule, PaymentsService } from 'nestjs-glomopay';
import { Stripe } from 'stripe';
import { secretKey } from './signed-callbacks.mjs';

export const callbackUrl = 'https://shop.example/payment/callback';

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

/** The library's payments against a server on this port; `hurry` before each call. */
export async function localPayments(port) {
  const clock = hurriedClock();
  const baseUrl = `http://127.0.0.1:${port}`;
  const app = await Test.createTestingModule({
    imports: [GlomopayModule.forRoot({ secretKey, callbackUrl, baseUrl })],
  })
    .overrideProvider(CLOCK)
    .useValue(clock)
    .compile();
  return { payments: app.get(PaymentsService), hurry: clock.hurry };
}

/** stripe-node against the same. */
export function localStripe(port) {
  return new Stripe(secretKey, { host: '127.0.0.1', port, protocol: 'http', telemetry: false });
}
