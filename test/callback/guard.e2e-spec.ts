import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { platforms } from '../support/nest-host.js';
import { genuine, type Host, QUERY, startHost, verified } from './callback-host.js';

interface CallbackVector {
  readonly name: string;
  readonly order_id: string;
  readonly payment_id: string;
  readonly status: string;
  readonly secrets: readonly string[];
  readonly signature: string | null;
  readonly expected: 'accept' | 'reject' | 'throw';
}

const file = new URL('../vectors/signatures.json', import.meta.url);
const vectors = (JSON.parse(readFileSync(file, 'utf8')) as { callback: CallbackVector[] }).callback;

/** What well-formed callbacks of the vectors are refused for; the others are malformed. */
const mismatching = [
  'status_flipped',
  'wrong_key',
  'revoked_key',
  'empty_key_forgery',
  'wrong_order_id',
];

const malformed = {
  statusCode: 400,
  error: 'Bad Request',
  message: 'This is not a payment callback',
};
const mismatch = {
  statusCode: 401,
  error: 'Unauthorized',
  message: 'The signature of this payment callback does not hold',
};

describe.each(platforms)('CallbackSignatureGuard on %s', (platform) => {
  describe('for the vectors of test/vectors', () => {
    it.each(vectors.filter(({ expected }) => expected !== 'throw'))(
      'answers $name',
      async (vector) => {
        const host = await startHost(platform, { secretKey: vector.secrets });
        const { order_id, payment_id, status, signature } = vector;
        const query = { order_id, payment_id, status, ...(signature !== null && { signature }) };
        const answer = await host.get(`/callback?${new URLSearchParams(query)}`);
        await host.close();
        const body: unknown = JSON.parse(answer.body);
        if (vector.expected === 'accept') {
          expect(answer.status).toBe(200);
          expect(body).toEqual({ orderId: order_id, paymentId: payment_id, status });
        } else {
          expect(body).toEqual(mismatching.includes(vector.name) ? mismatch : malformed);
          expect(answer.status).toBe(mismatching.includes(vector.name) ? 401 : 400);
        }
      },
    );

    it.each(vectors.filter(({ expected }) => expected === 'throw'))(
      'lets no application start with $name',
      async ({ secrets }) => {
        await expect(startHost(platform, { secretKey: secrets })).rejects.toThrow(
          expect.objectContaining({ code: 'GLOMOPAY_CONFIGURATION' }),
        );
      },
    );
  });

  describe('for one address and its variations', () => {
    let host: Host;
    beforeAll(async () => {
      host = await startHost(platform);
    });
    afterAll(() => host.close());

    it('gives the handler the verified values', async () => {
      const answer = await host.get(`/callback?${QUERY}`);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([200, verified]);
    });

    it('gives the handler a cleaned error text', async () => {
      const answer = await host.get(`/callback?${QUERY}&error=no%0D%0Aluck+at+all`);
      expect(JSON.parse(answer.body)).toEqual({ ...verified, error: 'no??luck at all' });
    });

    it.each([
      ['parameters of the host', `ref=7&${QUERY}&utm_source=mail`],
      ['a percent-encoded name', QUERY.replace('order_id', '%6frder%5Fid')],
      ['a percent-encoded value', QUERY.replace('order_68', '%6F%72der%5f68')],
      [
        'the names of the SDK',
        QUERY.replace('order_id', 'orderId').replace('payment_id', 'paymentId'),
      ],
      ['empty parts', `&&${QUERY}&`],
      ['an error that is no UTF-8', `${QUERY}&error=50%`],
      ['a foreign parameter that is no UTF-8', `${QUERY}&note=%C3%28`],
      ['another order of parameters', QUERY.split('&').toReversed().join('&')],
      ['a prototype', `${QUERY}&__proto__[status]=failed&constructor=1`],
    ])('accepts %s', async (_, query) => {
      const answer = await host.get(`/callback?${query}`);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([200, verified]);
    });

    it.each([
      ['no query', ''],
      ['an empty query', '?'],
      ['only an error', '?error=something+broke'],
      ['a repeated name', `?${QUERY}&order_id=order_z`],
      ['a repeated name with the same value', `?${QUERY}&order_id=${genuine.order_id}`],
      ['a repeat before', `?order_id=order_z&${QUERY}`],
      ['a repeated status', `?${QUERY}&status=failed`],
      ['a repeated signature', `?${QUERY}&signature=${'0'.repeat(64)}`],
      ['brackets', `?${QUERY}&order_id[]=order_z`],
      ['encoded brackets', `?${QUERY}&order_id%5B%5D=order_z`],
      ['brackets only', `?${QUERY.replace('order_id', 'order_id[]')}`],
      ['an index', `?${QUERY}&order_id[0]=order_z`],
      ['a member', `?${QUERY}&status[x]=failed`],
      ['a percent-encoded repeat', `?${QUERY}&%6f%72der_id=order_z`],
      ['both spellings', `?${QUERY}&orderId=${genuine.order_id}`],
      ['an empty repeat', `?${QUERY}&status=`],
      ['a repeat without a value', `?${QUERY}&status`],
      ['semicolons', `?${QUERY.replaceAll('&', ';')}`],
      ['a semicolon inside', `?${QUERY.replace('&payment_id', ';payment_id')}`],
      ['a lone percent sign', `?${QUERY.replace('sthf', 'sthf%')}`],
      ['broken UTF-8', `?${QUERY.replace('sthf', 'sthf%C3%28')}`],
      ['an overlong encoding', `?${QUERY.replace('order_68', 'order%C1%9F68')}`],
      ['double encoding', `?${QUERY.replace('order_68', 'order%255F68')}`],
      ['a NUL', `?${QUERY.replace('sthf', 'sthf%00')}`],
      ['a plus', `?${QUERY.replace('sthf', 'sthf+')}`],
      ['a line break', `?${QUERY.replace('success', 'success%0A')}`],
      ['a moved delimiter', `?${QUERY.replace('sthf', 'sthf%7Cpayt_1')}`],
      ['an unknown status', `?${QUERY.replace('success', 'paid')}`],
      ['a status in upper case', `?${QUERY.replace('success', 'SUCCESS')}`],
      ['a missing order', `?${QUERY.replace('order_id', 'order')}`],
      ['an empty payment', `?${QUERY.replace(genuine.payment_id, '')}`],
      [
        'an upper-case signature',
        `?${QUERY.replace(genuine.signature, genuine.signature.toUpperCase())}`,
      ],
      ['a longer signature', `?${QUERY}00`],
      ['a signature and junk', `?${QUERY}zz`],
      ['a signature and an encoded line break', `?${QUERY}%0A`],
      ['a query behind a fragment', `#?${QUERY}`],
      ['a question mark in the query', `??${QUERY}`],
    ])('answers 400 to %s', async (_, rest) => {
      const answer = await host.get(`/callback${rest}`);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([400, malformed]);
    });

    it.each([
      ['another order', QUERY.replace('sthf', 'sthx')],
      ['another payment', QUERY.replace('V79Uk', 'V79Ul')],
      ['the other status', QUERY.replace('success', 'failed')],
      ['another signature', `${QUERY.slice(0, -1)}0`],
      ['a subscription in place of the order', QUERY.replace('order_68', 'sub_68')],
      ['a signature of zeros', QUERY.replace(genuine.signature, '0'.repeat(64))],
    ])('answers 401 to %s', async (_, query) => {
      const answer = await host.get(`/callback?${query}`);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([401, mismatch]);
    });

    it('answers 400 to a signature of any length but 64', async () => {
      const unsigned = QUERY.slice(0, -64);
      const long = genuine.signature.repeat(4);
      const statuses: number[] = [];
      for (let length = 0; length <= 200; length += 1) {
        statuses.push((await host.get(`/callback?${unsigned}${long.slice(0, length)}`)).status);
      }
      expect(statuses).toEqual(statuses.map((_, length) => (length === 64 ? 200 : 400)));
    });

    it('accepts a replay as often as it comes', async () => {
      const answers = await Promise.all(
        Array.from({ length: 100 }, () => host.get(`/callback?${QUERY}`)),
      );
      expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    });

    it('guards HEAD as it guards GET', async () => {
      const accepted = await host.get(`/callback?${QUERY}`, 'HEAD');
      expect([accepted.status, accepted.body]).toEqual([200, '']);
      const refused = await host.get(`/callback?${QUERY}0`, 'HEAD');
      expect([refused.status, refused.body]).toEqual([400, '']);
    });

    it('lets no request answer for another that is under way', async () => {
      const answers = await Promise.all(
        Array.from({ length: 100 }, (_, count) =>
          host.get(`/callback?${count % 2 === 0 ? QUERY : QUERY.replace('success', 'failed')}`),
        ),
      );
      expect(answers.map(({ status }) => status)).toEqual(
        answers.map((_, count) => (count % 2 === 0 ? 200 : 401)),
      );
    });

    it('answers nothing of what it was sent', async () => {
      for (const query of [
        `${QUERY}&order_id=c4n4ry`,
        QUERY.replace('sthf', 'sthfc4n4ry'),
        `order_id=c4n4ry&error=%3Cscript%3Ec4n4ry`,
        `${QUERY}c4n4ry&c4n4ry=c4n4ry`,
      ]) {
        const answer = await host.get(`/callback?${query}`);
        expect([400, 401]).toContain(answer.status);
        expect(`${answer.body}${JSON.stringify(answer.headers)}`).not.toMatch(
          /c4n4ry|order_|payt_/,
        );
      }
    });
  });

  it('writes a line a second and reason about a flood of 1000 forgeries, and no value', async () => {
    const host = await startHost(platform);
    host.log.lines.splice(0);
    const begun = performance.now();
    for (let batch = 0; batch < 20; batch += 1) {
      await Promise.all(
        Array.from({ length: 50 }, (_, count) =>
          host.get(
            count % 2 === 0
              ? `/callback?${QUERY.replace('success', 'failed')}`
              : `/callback?${QUERY}0&error=%0AForged+line%1B[31m`,
          ),
        ),
      );
    }
    const seconds = Math.ceil((performance.now() - begun) / 1_000);
    await host.close();
    const lines = host.log.lines.filter((line) => line.includes('refused'));
    expect(lines.length).toBeGreaterThanOrEqual(2);
    expect(lines.length).toBeLessThanOrEqual(2 * (seconds + 1));
    expect(lines.join('\n')).toMatch(
      /callback refused: (?:mismatch|malformed) \(\d+ since start\)/,
    );
    expect(host.log.text).not.toMatch(/order_|payt_|1a76fa7c|Forged/);
    expect(host.log.text).not.toContain('secret-alpha');
  });
});
