import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { platforms } from '../support/nest-host.js';
import { BODY, type Host, sign, SIGNATURE, startHost, vectors } from './webhook-host.js';

const refused = {
  400: { statusCode: 400, error: 'Bad Request', message: 'This is not a webhook event' },
  401: {
    statusCode: 401,
    error: 'Unauthorized',
    message: 'The signature of this webhook event does not hold',
  },
  413: {
    statusCode: 413,
    error: 'Payload Too Large',
    message: 'A webhook event is at most 1 MiB',
  },
} as const;

const oneByteChanged = BODY.replace('250000', '250001');
const anEvent = (data: string) => `{"data":${data},"entity_type":"payment","event_type":"success"}`;

describe.each(platforms)('WebhookSignatureGuard on %s', (platform) => {
  describe('for the vectors of test/vectors', () => {
    it.each(vectors.filter(({ expected }) => expected !== 'throw'))(
      'answers $name',
      async ({ name, secret, body, signature, expected }) => {
        const host = await startHost(platform, { webhookSecret: secret });
        const answer = await host.deliver({ body, signature: signature ?? undefined });
        await host.close();
        if (expected === 'accept') {
          const { entity_type, event_type, data } = JSON.parse(body) as Record<string, unknown>;
          expect(answer.status).toBe(200);
          expect(JSON.parse(answer.body)).toEqual({ type: `${entity_type}.${event_type}`, data });
        } else {
          const status = name === 'missing_header' ? 400 : 401;
          expect([answer.status, JSON.parse(answer.body)]).toEqual([status, refused[status]]);
        }
      },
    );

    it.each(vectors.filter(({ expected }) => expected === 'throw'))(
      'lets no application start with $name',
      async ({ secret }) => {
        await expect(startHost(platform, { webhookSecret: [secret] })).rejects.toThrow(
          expect.objectContaining({ code: 'GLOMOPAY_CONFIGURATION' }),
        );
      },
    );
  });

  describe('for one host', () => {
    let host: Host;
    beforeAll(async () => {
      host = await startHost(platform);
    });
    afterAll(() => host.close());

    it('answers the official worked example with exactly 200', async () => {
      const answer = await host.deliver();
      expect([answer.status, JSON.parse(answer.body)]).toEqual([
        200,
        { type: 'payout.success', data: (JSON.parse(BODY) as { data: unknown }).data },
      ]);
    });

    it('answers the same with one byte changed with 401', async () => {
      const answer = await host.deliver({ body: oneByteChanged, signature: SIGNATURE });
      expect([answer.status, JSON.parse(answer.body)]).toEqual([401, refused[401]]);
    });

    it.each([
      ['no header', undefined, 400],
      ['an empty header', '', 400],
      ['the header twice', [SIGNATURE, SIGNATURE], 401],
      ['the header twice, the first one wrong', ['0'.repeat(64), SIGNATURE], 401],
      ['upper case', SIGNATURE.toUpperCase(), 401],
      ['a prefix', `sha256=${SIGNATURE}`, 401],
      ['a list in one header', `${SIGNATURE},${SIGNATURE}`, 401],
      ['63 digits', SIGNATURE.slice(1), 401],
      ['65 digits', `${SIGNATURE}0`, 401],
      ['quotes', `"${SIGNATURE}"`, 401],
      ['a wrong signature', sign(BODY, 'whsec_other'), 401],
      ['one under the API key', sign(BODY, 'secret-alpha-1f0c2e'), 401],
    ] as const)('answers %s', async (_, signature, status) => {
      const answer = await host.deliver({ signature });
      expect([answer.status, JSON.parse(answer.body)]).toEqual([status, refused[status]]);
    });

    it.each(['X-Glomopay-Signature', 'x-glomopay-signature', 'X-GLOMOPAY-SIGNATURE'])(
      'takes the header %s',
      async (name) => {
        const answer = await host.deliver({ signature: undefined, headers: { [name]: SIGNATURE } });
        expect(answer.status).toBe(200);
      },
    );

    it.each([
      'application/json; charset=utf-8',
      'application/json;charset=UTF-8',
      'Application/JSON',
      ' application/json ',
    ])('takes the content type %j', async (type) => {
      const answer = await host.deliver({ headers: { 'content-type': type } });
      expect(answer.status).toBe(200);
    });

    it.each([
      ['an unknown event', '{"data":{"id":"x"},"entity_type":"payment","event_type":"split"}'],
      ['an unknown entity', '{"data":{"id":"x"},"entity_type":"invoice","event_type":"paid"}'],
      ['an event without data', '{"entity_type":"webhook_test","event_type":"test"}'],
      ['data that is no object', anEvent('"text"')],
      ['an escaped NUL', anEvent('{"sender_name":"\\u0000"}')],
      ['a lone surrogate', anEvent('{"sender_name":"\\ud800"}')],
      ['a number beyond all', anEvent('{"requested_amount":1e400000}')],
      ['hooks in data', anEvent('{"then":"x","toJSON":"y","toString":1}')],
      ['members that repeat', anEvent('{"id":"a","id":"b"}')],
      ['an indented body', JSON.stringify(JSON.parse(BODY), undefined, 2)],
      ['200 levels inside a text', anEvent(JSON.stringify('['.repeat(200)))],
    ])('accepts %s', async (_, body) => {
      expect((await host.deliver({ body })).status).toBe(200);
    });

    it.each([
      ['no event', '{"data":{"n":"4111111111111111"}}', 'unknown.unknown'],
      ['a list', '[1,2]', 'unknown.unknown'],
      ['65 levels', anEvent(`${'['.repeat(64)}${']'.repeat(64)}`), 'unknown.unknown'],
      ['names that are none', '{"entity_type":7,"event_type":""}', 'unknown.unknown'],
      ['an entity with a line break', '{"entity_type":"a\\nERROR","event_type":"b"}', 'a?ERROR.b'],
      [
        'control characters in the event type',
        '{"entity_type":"payment","event_type":"suc\\u001b[31mcess\\r\\n"}',
        'payment.suc??31mcess??',
      ],
      [
        'a right-to-left override',
        '{"entity_type":"payment","event_type":"\u202esuccess"}',
        'payment.?success',
      ],
      [
        'bytes that are no UTF-8',
        Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xff, 34, 125])]),
        'unknown.unknown',
      ],
    ])('takes what is signed, though it cannot be read: %s', async (_, body, type) => {
      const before = host.log.lines.length;
      const answer = await host.deliver({ body });
      expect([answer.status, JSON.parse(answer.body)]).toMatchObject([200, { type }]);
      const said = host.log.lines.slice(before).join('\n');
      expect(said).not.toMatch(/4111|ERROR|\[31m|\u202e|refused/);
    });

    it('looks at nothing of a body that nobody has signed', async () => {
      const body = '{"entity_type":1}';
      const answer = await host.deliver({ body, signature: '0'.repeat(64) });
      expect([answer.status, JSON.parse(answer.body)]).toEqual([401, refused[401]]);
    });

    it("leaves the host's own status alone", async () => {
      expect((await host.deliver({ path: '/accepted' })).status).toBe(202);
    });

    it('hands out no event on a route without the guard, and says so to the developer', async () => {
      const answer = await host.deliver({ path: '/unguarded' });
      expect([answer.status, JSON.parse(answer.body)]).toEqual([
        500,
        { statusCode: 500, message: 'Internal server error' },
      ]);
      expect(host.log.text).toContain('needs @UseGuards(WebhookSignatureGuard) on its route');
    });

    it('guards a route that does not ask for the event', async () => {
      expect((await host.deliver({ path: '/guard-only' })).status).toBe(200);
      const spoiled = await host.deliver({ path: '/guard-only', signature: '0'.repeat(64) });
      expect(spoiled.status).toBe(401);
    });

    it('keeps deliveries apart that come at once', async () => {
      const ids = Array.from({ length: 50 }, (_, index) => `payt_${index}`);
      const answers = await Promise.all(
        ids.map((id, index) =>
          host.deliver({
            body: anEvent(`{"id":"${id}"}`),
            ...(index % 5 === 0 && { signature: '0'.repeat(64) }),
          }),
        ),
      );
      expect(
        answers.map(({ status, body }) => (status === 200 ? body.match(/payt_\d+/)?.[0] : status)),
      ).toEqual(ids.map((id, index) => (index % 5 === 0 ? 401 : id)));
    });
  });

  describe('for bodies that Nest does not keep', () => {
    let host: Host;
    beforeAll(async () => {
      host = await startHost(platform);
    });
    afterAll(() => host.close());

    it.each([
      ['a type of a vendor', { 'content-type': 'application/vnd.glomopay+json' }],
      ['bytes', { 'content-type': 'application/octet-stream' }],
      ['a type that only begins like JSON', { 'content-type': 'application/jsonp' }],
      ['no type', { 'content-type': undefined }],
    ])('accepts none that comes as %s, though its signature holds', async (_, headers) => {
      const answer = await host.deliver({ headers });
      // Fastify itself refuses the types it has no parser for.
      expect([400, 415]).toContain(answer.status);
      if (platform === 'express') expect(JSON.parse(answer.body)).toEqual(refused[400]);
      expect(host.log.text).not.toContain('rawBody');
    });

    it('takes the text that a parser has made of it, where there is such a parser', async () => {
      const headers = { 'content-type': 'text/plain' };
      const genuine = await host.deliver({ headers });
      const forged = await host.deliver({ headers, body: oneByteChanged, signature: SIGNATURE });
      // Fastify has a parser for texts by itself, Express has not.
      expect([genuine.status, forged.status]).toEqual(
        platform === 'fastify' ? [200, 401] : [400, 400],
      );
    });

    it('answers 400 when there is no body', async () => {
      for (const headers of [{}, { 'content-type': undefined }]) {
        expect((await host.deliver({ body: '', headers })).status).toBe(400);
      }
    });

    it('verifies what a compressed body says, or refuses it', async () => {
      const headers = { 'content-encoding': 'gzip' };
      const body = gzipSync(BODY);
      const answer = await host.deliver({ body, signature: SIGNATURE, headers });
      expect(answer.status).toBe(platform === 'express' ? 200 : 400);
      const spoiled = gzipSync(oneByteChanged);
      const second = await host.deliver({ body: spoiled, signature: SIGNATURE, headers });
      expect(second.status).toBe(platform === 'express' ? 401 : 400);
    });

    it('answers a byte order mark as its signature deserves', async () => {
      const body = `\uFEFF${BODY}`;
      expect((await host.deliver({ body })).status).toBe(200);
      expect((await host.deliver({ body, signature: SIGNATURE })).status).toBe(401);
    });
  });
});
