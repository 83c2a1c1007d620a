import { describe, expect, it } from '@jest/globals';
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Test } from '@nestjs/testing';
import { GlomopayModule, WebhookVerifier } from 'nestjs-glomopay';
import { signWebhook, type WebhookSpoiling } from 'nestjs-glomopay/testing';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { platforms } from '../support/nest-host.js';
import { until } from '../support/until.js';
import { startInboxHost } from '../inbox/inbox-host.js';
import { cleanUp } from '../support/library/clean-up.js';
import { openLibrary } from '../support/library/open-library.js';
import { Recorder } from '../support/library/recorder.js';
import { anOrder, aPayment } from '../support/library/requests.js';

interface Vector {
  readonly name: string;
  readonly secret: string;
  readonly body: string;
  readonly signature: string;
  readonly expected: string;
}

const { webhook: vectors }: { webhook: readonly Vector[] } = JSON.parse(
  readFileSync(new URL('../vectors/signatures.json', import.meta.url), 'utf8'),
);
const SECRET = 'whsec_of_these_tests_1f0c2e';
const event = { type: 'payment.success', data: { id: 'payt_691eeb9aV79Uk' } } as const;
const opened = cleanUp();

/** How the ready-made route answers, which stores what is signed; and what the verifier says. */
const answers: Readonly<Record<WebhookSpoiling, readonly [number, string | undefined]>> = {
  body: [401, 'mismatch'],
  truncated: [401, 'mismatch'],
  indented: [401, 'mismatch'],
  signature: [401, 'mismatch'],
  uppercase: [401, 'mismatch'],
  prefixed: [401, 'mismatch'],
  'other-secret': [401, 'mismatch'],
  'missing-signature': [400, 'malformed'],
  'not-json': [200, 'malformed'],
  'not-an-event': [200, 'malformed'],
};
const spoilings = Object.keys(answers) as WebhookSpoiling[];

function message(body: string): { readonly raw: Record<string, unknown> } {
  return { raw: JSON.parse(body) as Record<string, unknown> };
}

describe('signWebhook', () => {
  const accepted = vectors.filter(({ expected }) => expected === 'accept');

  it.each(accepted)('writes and signs the bytes of the vector $name', (vector) => {
    const { body, headers } = signWebhook(message(vector.body), vector.secret);
    expect(body.toString('utf8')).toBe(vector.body);
    expect(headers['x-glomopay-signature']).toBe(vector.signature);
  });

  it('writes the bytes of the vector whatever the order of the members was', () => {
    const shuffled = vectors.find(({ name }) => name === 'official_body_other_key_order');
    const worked = vectors.find(({ name }) => name === 'official_worked_example');
    const { body } = signWebhook(message(shuffled?.body ?? ''), SECRET);
    expect(body.toString('utf8')).toBe(worked?.body);
  });

  it('names the event of the catalogue, dots in its name included', () => {
    const { body, headers } = signWebhook(
      { type: 'balance.balance.funded_balance.credited', data: { b: [2, { z: 1, a: null }] } },
      SECRET,
    );
    const text =
      '{"data":{"b":[2,{"a":null,"z":1}]},"entity_type":"balance","event_type":"balance.funded_balance.credited"}';
    expect(body.toString('utf8')).toBe(text);
    expect(headers).toEqual({
      'content-type': 'application/json',
      'x-glomopay-signature': createHmac('sha256', SECRET).update(text).digest('hex'),
    });
  });

  it('writes and signs the bytes that the sandbox delivers', async () => {
    const receiver = opened(await Recorder.start({ body: {} }));
    const sandbox = opened(await GlomopaySandbox.start({ webhookUrl: receiver.url }));
    const { secretKey, webhookSecret, url: baseUrl } = sandbox;
    const { orders, payments, close } = await openLibrary(baseUrl, { options: { secretKey } });
    const customerId = sandbox.demoCustomerId;
    const notes = {
      'a note': 'caf\u00e9 "\u{1f600}" \\ \u2028',
      B: '',
      '\u20ac': '1',
      '\ud83d\ude00': '2',
    };
    const order = await orders.create(anOrder({ customerId, purposeCode: 'P1401', notes }));
    const { paymentId } = await payments.create(aPayment({ orderId: order.id, notes }));
    await close();
    sandbox.completePayment(paymentId, 'approve');
    await until(() => receiver.requests.length >= 2);
    for (const { text, headers } of receiver.requests) {
      const signed = signWebhook(message(text), webhookSecret);
      expect(signed.body.toString('utf8')).toBe(text);
      expect(signed.headers['x-glomopay-signature']).toBe(headers['x-glomopay-signature']);
    }
  });

  it.each([
    ['a number that is not finite', Number.NaN],
    ['a whole number that is not exact', 2 ** 53],
    ['a bigint', 1n],
    ['a date', new Date(0)],
    ['half a surrogate pair', '\ud800'],
    ['a function', () => 1],
  ])('refuses %s, which has no canonical form', (_, odd) => {
    expect(() => signWebhook({ type: 'payment.success', data: { odd } }, SECRET)).toThrow(
      TypeError,
    );
  });

  it('refuses a cycle', () => {
    const data: Record<string, unknown> = {};
    data['self'] = data;
    expect(() => signWebhook({ type: 'payment.success', data }, SECRET)).toThrow(TypeError);
  });

  it.each(spoilings)('makes a message that is refused for being spoiled: %s', async (spoiled) => {
    const module = await Test.createTestingModule({
      imports: [GlomopayModule.forRoot({ secretKey: 'a-secret-key', webhookSecret: SECRET })],
    }).compile();
    const { body, headers } = signWebhook(event, SECRET, spoiled);
    const [, reason] = answers[spoiled];
    expect(() => module.get(WebhookVerifier).verify(body, headers['x-glomopay-signature'])).toThrow(
      expect.objectContaining({ code: 'GLOMOPAY_SIGNATURE', reason }),
    );
  });

  it('refuses a way to spoil that it does not know', () => {
    expect(() => signWebhook(event, SECRET, 'constructor' as WebhookSpoiling)).toThrow(TypeError);
  });
});

describe.each(platforms)('the ready-made route on %s', (platform) => {
  it('answers each message as the ways to spoil one say', async () => {
    const host = await startInboxHost(platform, { secret: SECRET });
    opened(host);
    const genuine = signWebhook(event, SECRET);
    expect((await host.post(genuine.body, genuine.headers)).status).toBe(200);
    const given = await Promise.all(
      spoilings.map(async (spoiled) => {
        const { body, headers } = signWebhook(event, SECRET, spoiled);
        return [spoiled, (await host.post(body, headers)).status];
      }),
    );
    const expected = spoilings.map((spoiled) => [spoiled, answers[spoiled][0]]);
    expect(given).toEqual(expected);
  });
});
