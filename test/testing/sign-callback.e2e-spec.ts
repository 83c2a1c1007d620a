import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { signCallback, verifiedCallback, type CallbackSpoiling } from 'nestjs-glomopay/testing';
import { platforms } from '../support/nest-host.js';
import { startHost, verified } from '../callback/callback-host.js';
import { cleanUp } from '../support/library/clean-up.js';

interface Vector {
  readonly name: string;
  readonly order_id: string;
  readonly payment_id: string;
  readonly status: 'success' | 'failed';
  readonly secrets: readonly string[];
  readonly signature: string | null;
  readonly expected: string;
}

const { callback: vectors }: { callback: readonly Vector[] } = JSON.parse(
  readFileSync(new URL('../vectors/signatures.json', import.meta.url), 'utf8'),
);
const KEY = 'secret-alpha-1f0c2e';
const said = {
  orderId: 'order_68c00b7btsthf',
  paymentId: 'payt_691eeb9aV79Uk',
  status: 'success',
} as const;
const opened = cleanUp();

/** How each spoiled callback is answered. */
const answers: Readonly<Record<CallbackSpoiling, number>> = {
  order: 401,
  payment: 401,
  status: 401,
  signature: 401,
  'other-key': 401,
  'missing-signature': 400,
  truncated: 400,
  uppercase: 400,
  repeated: 400,
  'unknown-status': 400,
};

describe('signCallback', () => {
  const accepted = vectors.filter(({ expected }) => expected === 'accept');

  it('has vectors to meet', () => {
    expect(accepted.length).toBeGreaterThan(3);
  });

  it.each(accepted)('signs as the vector $name', ({ order_id, payment_id, status, ...vector }) => {
    const made = vector.secrets.map(
      (secret) =>
        signCallback({ orderId: order_id, paymentId: payment_id, status }, secret.trim()).query[
          'signature'
        ],
    );
    expect(made).toContain(vector.signature);
  });

  it('signs as node does', () => {
    const expected = createHmac('sha256', KEY)
      .update('order_68c00b7btsthf|payt_691eeb9aV79Uk|success')
      .digest('hex');
    expect(signCallback(said, KEY)).toEqual({
      query: {
        order_id: said.orderId,
        payment_id: said.paymentId,
        status: 'success',
        signature: expected,
      },
      search: `?order_id=${said.orderId}&payment_id=${said.paymentId}&status=success&signature=${expected}`,
    });
  });

  it('signs as the sandbox does', async () => {
    const sandbox = await GlomopaySandbox.start();
    opened(sandbox);
    const call = async (path: string, body: object): Promise<Record<string, unknown>> => {
      const response = await fetch(`${sandbox.url}/api/v1/${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${sandbox.secretKey}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      });
      return (await response.json()) as Record<string, unknown>;
    };
    const order = await call('orders', {
      customer_id: sandbox.demoCustomerId,
      amount: 1000,
      currency: 'USD',
      purpose_code: 'P1401',
      payment_methods: ['card'],
    });
    const payment = await call('payments', {
      order_id: order['id'],
      method: 'card',
      callback_url: 'https://shop.example/back',
      card: {
        holder_name: 'John Doe',
        number: '4111111111111111',
        expiry_month: '09',
        expiry_year: '2030',
        cvv: '123',
      },
    });
    const back = new URL(sandbox.completePayment(String(payment['payment_id']), 'approve'));
    const { query } = signCallback(
      {
        orderId: String(order['id']),
        paymentId: String(payment['payment_id']),
        status: 'success',
      },
      sandbox.secretKey,
    );
    expect(query).toEqual(Object.fromEntries(back.searchParams));
  });

  it.each(['', '   '])('signs nothing with the key %j', (key) => {
    expect(() => signCallback(said, key)).toThrow(TypeError);
  });

  it('refuses a way to spoil that it does not know, inherited names too', () => {
    for (const name of ['toString', 'nonsense']) {
      expect(() => signCallback(said, KEY, name as CallbackSpoiling)).toThrow(TypeError);
    }
  });
});

describe.each(platforms)('a guarded route on %s', (platform) => {
  it('answers each callback as the ways to spoil one say', async () => {
    const host = await startHost(platform, { secretKey: KEY });
    opened(host);
    const genuine = await host.get(`/callback${signCallback(said, KEY).search}`);
    expect([genuine.status, JSON.parse(genuine.body)]).toEqual([200, verified]);
    const given = await Promise.all(
      Object.keys(answers).map(async (spoiled) => {
        const { search } = signCallback(said, KEY, spoiled as CallbackSpoiling);
        return [spoiled, (await host.get(`/callback${search}`)).status];
      }),
    );
    expect(Object.fromEntries(given)).toEqual(answers);
  });
});

describe('verifiedCallback', () => {
  it('is what the verifier gives for what the gateway has signed', () => {
    expect(verifiedCallback(said)).toEqual(said);
    expect(verifiedCallback({ ...said, orderId: 'sub_1' })).toMatchObject({ orderId: 'sub_1' });
  });

  it.each([{ orderId: 'payt_1' }, { paymentId: 'order_1' }, { orderId: 'order_1|x' }])(
    'refuses ids that the gateway would not send: %j',
    (change) => {
      expect(() => verifiedCallback({ ...said, ...change })).toThrow(
        expect.objectContaining({ code: 'GLOMOPAY_VALIDATION' }),
      );
    },
  );
});
