import { execFileSync } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import type { GlomopayConfig } from '../config/glomopay-config.js';
import { FixedKeys } from '../config/key-ring.js';
import { configOfTexts } from '../config/resolve-config.js';
import { SealedOptions } from '../config/sealed-options.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { GlomopaySignatureError, type GlomopaySignatureFault } from '../errors/signature.error.js';
import { Secret } from '../values/secret.js';
import { rawBodyOf } from './raw-body.js';
import { MAX_WEBHOOK_BYTES, WebhookVerifier } from './webhook-verifier.js';

interface WebhookVector {
  readonly name: string;
  readonly secret: string;
  readonly body: string;
  readonly body_bytes: number;
  readonly signature: string | null;
  readonly expected: 'accept' | 'reject' | 'throw';
}

const file = new URL('../../../../test/vectors/signatures.json', import.meta.url);
const vectors = (JSON.parse(readFileSync(file, 'utf8')) as { webhook: WebhookVector[] }).webhook;

const SECRET = 'whsec_2f1c9b7a4d6e8031';
const BODY = vectors[0]?.body ?? '';
const SIGNATURE = 'd5b5a68b9729f41c4a46f1e94c750bf10fb32f345a5467cbfec7739df83f2c02';

function configOf(webhookSecret: readonly string[]): GlomopayConfig {
  return configOfTexts(new SealedOptions({ secretKey: 'secret-alpha-1f0c2e', webhookSecret }));
}

/** Past the options, which take no secret that is short or published. */
function verifierOf(first: string, ...others: readonly string[]): WebhookVerifier {
  const config = configOf(['whsec_that_signs_nothing']);
  return new WebhookVerifier({
    ...config,
    webhookSecrets: new FixedKeys([
      new Secret(first),
      ...others.map((secret) => new Secret(secret)),
    ]),
  });
}

const sign = (body: string | Uint8Array, secret = SECRET) =>
  createHmac('sha256', secret).update(body).digest('hex');

/** The verdict of the verifier; an error of any other kind fails the test. */
function verdict(act: () => unknown): 'accepted' | GlomopaySignatureFault {
  try {
    act();
    return 'accepted';
  } catch (thrown) {
    if (thrown instanceof GlomopaySignatureError) return thrown.reason;
    throw thrown;
  }
}

describe('WebhookVerifier', () => {
  const verifier = verifierOf(SECRET);

  describe('the vectors of test/vectors', () => {
    it.each(vectors.filter(({ expected }) => expected === 'accept'))(
      'accepts $name',
      ({ secret, body, body_bytes, signature }) => {
        const bytes = Buffer.from(body, 'utf8');
        const event = verifierOf(secret).verify(bytes, signature);
        expect(event.id).toBe(createHash('sha256').update(bytes).digest('hex'));
        expect(event.raw).toEqual(JSON.parse(body));
        expect([bytes.length, rawBodyOf(event)]).toEqual([body_bytes, bytes]);
      },
    );

    it.each(vectors.filter(({ expected }) => expected === 'reject'))(
      'refuses $name',
      ({ name, secret, body, signature }) => {
        expect(verdict(() => verifierOf(secret).verify(Buffer.from(body), signature))).toBe(
          name === 'missing_header' ? 'malformed' : 'mismatch',
        );
      },
    );

    it.each(vectors.filter(({ expected }) => expected === 'throw'))(
      'cannot even be made for $name',
      ({ secret }) => {
        expect(() => configOf([secret])).toThrow(GlomopayConfigurationError);
      },
    );
  });

  it('reads the official worked example', () => {
    expect(verifier.verify(Buffer.from(BODY), SIGNATURE)).toMatchObject({
      type: 'payout.success',
      data: { id: 'payout_6a8fd80eo6coZ', status: 'success' },
    });
  });

  it('agrees with the openssl command line', () => {
    const body =
      '{"data":{"sender_name":"café 東京"},"entity_type":"payment","event_type":"failed"}';
    const options = ['dgst', '-sha256', '-hmac', 'whsec_a.b+c/d='];
    const printed = execFileSync('openssl', options, { input: body }).toString();
    const digest = /([0-9a-f]{64})\s*$/.exec(printed)?.[1];
    expect(verifierOf('whsec_a.b+c/d=').verify(body, digest).type).toBe('payment.failed');
  });

  it('takes text as its UTF-8 bytes, and any view of bytes', () => {
    const body = '{"data":{"sender_name":"東京"},"entity_type":"payment","event_type":"failed"}';
    const bytes = Buffer.from(body, 'utf8');
    const within = new Uint8Array(bytes.length + 8).fill(0x20);
    within.set(bytes, 4);
    const views = [body, bytes, new Uint8Array(bytes), within.subarray(4, 4 + bytes.length)];
    const ids = views.map((view) => verifier.verify(view, sign(body)).id);
    expect(new Set(ids).size).toBe(1);
    expect(verdict(() => verifier.verify(within, sign(body)))).toBe('mismatch');
  });

  it('hashes the bytes, so two that print alike do not pass for each other', () => {
    const [before, after] = ['{"a":"', '"}'].map((part) => Buffer.from(part));
    const [ff, fe] = [0xff, 0xfe].map((odd) =>
      Buffer.concat([before ?? [], Buffer.from([odd]), after ?? []] as Buffer[]),
    );
    expect(String(ff)).toBe(String(fe));
    expect(verdict(() => verifier.assertSigned(ff ?? '', sign(ff ?? '')))).toBe('accepted');
    expect(verdict(() => verifier.assertSigned(fe ?? '', sign(ff ?? '')))).toBe('mismatch');
  });

  it.each([
    ['indented', JSON.stringify(JSON.parse(BODY), undefined, 2)],
    ['with a line break at its end', `${BODY}\n`],
    ['with a byte order mark', `\uFEFF${BODY}`],
    ['with an escaped letter', BODY.replace('USD', '\\u0055SD')],
    ['with 1.0 for 1', BODY.replace('250000', '250000.0')],
    ['with a member more', BODY.replace('{', '{"a":1,')],
    ['cut short', BODY.slice(0, -1)],
    ['doubled', BODY + BODY],
    ['empty', ''],
  ])('refuses the signed body %s', (_, body) => {
    expect(verdict(() => verifier.verify(body, SIGNATURE))).toBe('mismatch');
  });

  it.each([
    ['no signature', undefined, 'malformed'],
    ['null', null, 'malformed'],
    ['an empty one', '', 'malformed'],
    ['a blank one', ' ', 'mismatch'],
    ['a repeated one, as Node joins it', `${SIGNATURE}, ${SIGNATURE}`, 'mismatch'],
    ['a wrong one and the right one', `${'0'.repeat(64)}, ${SIGNATURE}`, 'mismatch'],
    ['a list with the right one', [SIGNATURE], 'mismatch'],
    ['upper case', SIGNATURE.toUpperCase(), 'mismatch'],
    ['a prefix', `sha256=${SIGNATURE}`, 'mismatch'],
    ['a prefix of its length', `v1=${SIGNATURE.slice(3)}`, 'mismatch'],
    ['a line break behind', `${SIGNATURE}\n`, 'mismatch'],
    ['a space before', ` ${SIGNATURE}`, 'mismatch'],
    ['63 digits', SIGNATURE.slice(1), 'mismatch'],
    ['65 digits', `${SIGNATURE}0`, 'mismatch'],
    ['digits of another script', SIGNATURE.replace('5', '５'), 'mismatch'],
    ['base64', Buffer.from(SIGNATURE, 'hex').toString('base64'), 'mismatch'],
    ['its bytes', Buffer.from(SIGNATURE, 'hex'), 'mismatch'],
    ['an object that prints as it', { toString: () => SIGNATURE }, 'mismatch'],
    ['a boxed text', Object(SIGNATURE), 'mismatch'],
    ['a number', 0, 'mismatch'],
    ['true', true, 'mismatch'],
    ['zeros', '0'.repeat(64), 'mismatch'],
    ['the hash without a key', createHash('sha256').update(BODY).digest('hex'), 'mismatch'],
    ['one under no key', sign(BODY, ''), 'mismatch'],
    ['one under the API key', sign(BODY, 'secret-alpha-1f0c2e'), 'mismatch'],
    ['one of the secret and a line break', sign(BODY, `${SECRET}\n`), 'mismatch'],
  ])('refuses %s', (_, signature, reason) => {
    expect(verdict(() => verifier.verify(BODY, signature))).toBe(reason);
    expect(verdict(() => verifier.assertSigned(BODY, signature))).toBe(reason);
  });

  it('accepts under any active secret, and under none that was taken away', () => {
    const old = sign(BODY, 'whsec_old');
    expect(verdict(() => verifierOf('whsec_new', 'whsec_old').verify(BODY, old))).toBe('accepted');
    expect(verdict(() => verifierOf('whsec_old', 'whsec_new').verify(BODY, old))).toBe('accepted');
    expect(verdict(() => verifierOf('whsec_new').verify(BODY, old))).toBe('mismatch');
  });

  it('verifies nothing without a secret, and names the option', () => {
    const unready = new WebhookVerifier(
      configOfTexts(new SealedOptions({ secretKey: 'secret-alpha-1f0c2e' })),
    );
    for (const signature of [undefined, SIGNATURE, sign(BODY, ''), sign(BODY, 'undefined')]) {
      for (const act of [unready.verify, unready.assertSigned]) {
        expect(() => act.call(unready, BODY, signature)).toThrow(
          expect.objectContaining({
            code: 'GLOMOPAY_CONFIGURATION',
            message: expect.stringContaining('webhookSecret') as unknown,
          }),
        );
      }
    }
  });

  it('asserts the signature of a body that is no event, and reads nothing of it', () => {
    for (const body of ['', '{', '[[[', '4111111111111111', Buffer.from([0xff])]) {
      expect(verdict(() => verifier.assertSigned(body, sign(body)))).toBe('accepted');
      expect(verdict(() => verifier.verify(body, sign(body)))).toBe('malformed');
    }
  });

  it('takes 1 MiB, and refuses a byte more before it is hashed', () => {
    const full = `{"data":{},"entity_type":"payment","event_type":"failed"}`.padEnd(1_048_576);
    expect(full).toHaveLength(MAX_WEBHOOK_BYTES);
    expect(verifier.verify(full, sign(full)).type).toBe('payment.failed');
    expect(verdict(() => verifier.verify(`${full} `, sign(`${full} `)))).toBe('too_large');
    expect(verdict(() => verifier.assertSigned(`${full} `, sign(`${full} `)))).toBe('too_large');
    expect(verdict(() => verifier.verify(`${full} `, undefined))).toBe('too_large');
    expect(verdict(() => verifier.verify('東'.repeat(400_000), SIGNATURE))).toBe('too_large');
  });

  it.each([undefined, null, 7, {}, JSON.parse(BODY), [1, 2], new ArrayBuffer(2)])(
    'refuses a body that is not bytes: %p',
    (body: unknown) => {
      const loose: { verify(body: unknown, signature: unknown): unknown } = verifier;
      expect(verdict(() => loose.verify(body, SIGNATURE))).toBe('malformed');
    },
  );

  it('shows neither secret, signature nor body in an error', () => {
    const body = BODY.replace('Acme', '4111111111111111');
    for (const signature of [SIGNATURE, sign(body), `${SIGNATURE}!`, undefined]) {
      try {
        verifier.verify(`${body}x`, signature);
      } catch (thrown) {
        const shown = inspect(thrown, { depth: 10, showHidden: true }) + JSON.stringify(thrown);
        expect(shown).not.toMatch(/4111|whsec|d5b5a68b/);
        expect(shown).not.toContain(sign(body));
      }
    }
    expect(inspect(verifier, { depth: 10, showHidden: true })).not.toContain(SECRET);
  });

  it('gives the bytes of an event it has made, and of no copy', () => {
    const event = verifier.verify(BODY, SIGNATURE);
    expect(String(rawBodyOf(event))).toBe(BODY);
    expect(() => rawBodyOf({ ...event })).toThrow(TypeError);
  });
});
