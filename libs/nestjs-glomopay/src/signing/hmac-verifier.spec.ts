import { execFileSync } from 'node:child_process';
import { createHmac, webcrypto } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../values/secret.js';
import { HmacVerifier } from './hmac-verifier.js';

const KEY = 'secret-alpha-1f0c2e';
const MESSAGE = 'order_68c00b7btsthf|payt_691eeb9aV79Uk|success';
const GENUINE = '1a76fa7ce8a299e0b843c26b81a37fef48acf9f06871f37f7f108a0c7c994871';

function verifierOf(...keys: string[]): HmacVerifier {
  const secrets = keys.map((key) => new Secret(key));
  return new HmacVerifier({ active: () => secrets });
}

/** RFC 2104 written out over a plain hash: shares no HMAC code with the verifier. */
async function secondOpinion(key: string, message: string): Promise<string> {
  const { subtle } = webcrypto;
  const encoder = new TextEncoder();
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const imported = await subtle.importKey('raw', encoder.encode(key), algorithm, false, ['sign']);
  return Buffer.from(await subtle.sign('HMAC', imported, encoder.encode(message))).toString('hex');
}

describe('HmacVerifier', () => {
  it('accepts a genuine signature', () => {
    expect(verifierOf(KEY).matches(MESSAGE, GENUINE)).toBe(true);
  });

  it('agrees with the openssl command line about a key that is a dotted text', () => {
    const key = 'fake-header.fake-payload.fake-signature';
    const printed = execFileSync('openssl', ['dgst', '-sha256', '-hmac', key], { input: MESSAGE });
    const signature = /([0-9a-f]{64})\s*$/.exec(printed.toString())?.[1] ?? '';
    expect(verifierOf(key).matches(MESSAGE, signature)).toBe(true);
  });

  it('agrees with WebCrypto about keys shorter, as long as and longer than a block', async () => {
    for (const length of [1, 2, 31, 32, 33, 63, 64, 65, 127, 128, 129, 1000]) {
      const key = 'k'.repeat(length);
      const signature = await secondOpinion(key, MESSAGE);
      expect(verifierOf(key).matches(MESSAGE, signature)).toBe(true);
      expect(verifierOf(`${key}k`).matches(MESSAGE, signature)).toBe(false);
    }
  });

  it('hashes the UTF-8 bytes of a text', async () => {
    const message = 'order_é漢字|payt_691eeb9aV79Uk|success';
    expect(verifierOf(KEY).matches(message, await secondOpinion(KEY, message))).toBe(true);
    expect(verifierOf(KEY).matches(Buffer.from(message), await secondOpinion(KEY, message))).toBe(
      true,
    );
  });

  it('hashes bytes as they are, also where text would melt them into one', () => {
    const [one, other] = [Buffer.from([0xff]), Buffer.from([0xfe])];
    const signature = createHmac('sha256', KEY).update(one).digest('hex');
    expect(verifierOf(KEY).matches(one, signature)).toBe(true);
    expect(verifierOf(KEY).matches(other, signature)).toBe(false);
  });

  it.each([0, 1, 2, 3, 4])('accepts the signature of active key number %d of five', (index) => {
    const keys = ['first', 'second', 'third', 'fourth', 'fifth'];
    const signature = createHmac('sha256', String(keys[index])).update(MESSAGE).digest('hex');
    expect(verifierOf(...keys).matches(MESSAGE, signature)).toBe(true);
    expect(verifierOf(...keys.filter((_, at) => at !== index)).matches(MESSAGE, signature)).toBe(
      false,
    );
  });

  it('matches nothing when there is no key', () => {
    expect(verifierOf().matches(MESSAGE, GENUINE)).toBe(false);
  });

  it('does not remember the signature before', () => {
    const verifier = verifierOf(KEY);
    expect(verifier.matches(MESSAGE, GENUINE)).toBe(true);
    expect(verifier.matches(`${MESSAGE} `, GENUINE)).toBe(false);
    expect(verifier.matches(MESSAGE, '')).toBe(false);
    expect(verifier.matches(MESSAGE, GENUINE.slice(0, 63))).toBe(false);
    expect(verifier.matches(MESSAGE, GENUINE)).toBe(true);
  });

  it('accepts one length of 0 to 200, and never throws', () => {
    const long = GENUINE.repeat(4);
    const accepted = Array.from({ length: 201 }, (_, length) => length).filter((length) =>
      verifierOf(KEY).matches(MESSAGE, long.slice(0, length)),
    );
    expect(accepted).toEqual([64]);
  });

  it.each([
    ['two more digits that are none', `${GENUINE}zz`],
    ['a line break behind', `${GENUINE}\n`],
    ['a carriage return behind', `${GENUINE}\r`],
    ['a line separator behind', `${GENUINE}\u2028`],
    ['a space behind', `${GENUINE} `],
    ['a space before', ` ${GENUINE}`],
    ['one nibble more', `${GENUINE}0`],
    ['a NUL behind', `${GENUINE}\0`],
    ['a NUL for its last digit', `${GENUINE.slice(0, 63)}\0`],
    ['upper case', GENUINE.toUpperCase()],
    ['one digit in upper case', GENUINE.replace('a', 'A')],
    ['a 0x before', `0x${GENUINE}`],
    ['its algorithm before', `sha256=${GENUINE}`],
    ['full-width digits', GENUINE.replaceAll('1', '\uff11')],
    ['letters of 64 code points that end in the same byte', GENUINE.replaceAll('1', '\u0131')],
    ['base64', Buffer.from(GENUINE, 'hex').toString('base64')],
    ['its halves exchanged', GENUINE.slice(32) + GENUINE.slice(0, 32)],
    ['itself twice, on two lines', `${GENUINE}\n${GENUINE}`],
  ])('refuses the genuine signature with %s', (_, signature) => {
    expect(verifierOf(KEY).matches(MESSAGE, signature)).toBe(false);
  });

  it.each([undefined, null, 0, 64, true, {}, [GENUINE], Buffer.from(GENUINE), new String(GENUINE)])(
    'finds %p ill-formed, because it is no text',
    (value) => {
      expect(HmacVerifier.isWellFormed(value)).toBe(false);
    },
  );

  it('refuses every signature that is one digit away', () => {
    const verifier = verifierOf(KEY);
    const digits = [...'0123456789abcdef'];
    const accepted = [...GENUINE].flatMap((digit, at) =>
      digits
        .filter((other) => other !== digit)
        .filter((other) =>
          verifier.matches(MESSAGE, GENUINE.slice(0, at) + other + GENUINE.slice(at + 1)),
        ),
    );
    expect(accepted).toEqual([]);
  });
});
