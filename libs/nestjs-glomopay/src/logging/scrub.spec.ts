import { describe, expect, it } from '@jest/globals';
import { scrub, scrubEcho, type CallSecret } from './scrub.js';

const secrets: readonly CallSecret[] = [
  { text: '4111111111111111', kind: 'digits' },
  { text: '739', kind: 'cvv' },
  { text: 'Jane Q Canary', kind: 'text' },
  { text: 'a-key-that-is-no-jwt', kind: 'text' },
];

describe('scrub', () => {
  it.each([
    ['card 4111111111111111.', 'card [removed].'],
    ['card 4111 1111 1111 1111.', 'card [removed].'],
    ['card 4111-1111-1111-1111.', 'card [removed].'],
    ['card 4111 - 1111 - 1111 - 1111.', 'card [removed].'],
    ['for JANE Q CANARY', 'for [removed]'],
    ['key a-key-that-is-no-jwt', 'key [removed]'],
    ['code 739', 'code [removed]'],
    ['7390 and 1739 stay', '7390 and 1739 stay'],
  ])("removes this call's own values: %s", (text, clean) => {
    expect(scrub(text, secrets)).toBe(clean);
  });

  it.each([
    ['card 5500005555555559', 'card [removed]'],
    ['card 3782 822463 10005', 'card [removed]'],
    ['card 3782\u00A0822463\u201310005', 'card [removed]'],
    ['cvv: 123', 'cvv: [removed]'],
    ['"security_code":"1234"', '"security_code":"[removed]"'],
    ['Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln', 'Bearer [removed]'],
    ['https://x/?authToken=ey123&b=c', 'https://x/?authToken=[removed]&b=c'],
    ['a\r\nb\u001b[1mc\u2028d\0e', 'a??b?[1mc?d?e'],
  ])('removes what looks like a secret, whoever it belongs to: %j', (text, clean) => {
    expect(scrub(text, [])).toBe(clean);
  });

  it.each([
    'Order already exists for this request_id',
    'order_68c00b7btsthf of 2025-09-09T11:11:55Z',
    'amount 1000 USD, minimum 10000',
  ])('leaves alone: %s', (text) => {
    expect(scrub(text, secrets)).toBe(text);
  });

  it('gives at most 512 characters', () => {
    expect(scrub('x'.repeat(100_000), secrets)).toHaveLength(512);
  });

  it('leaves no part of a number at any place where a long text is cut', () => {
    const jwt = `eyJhbGciOiJSUzI1NiJ9.${'a'.repeat(1_900)}`;
    for (let padding = 0; padding < 160; padding += 1) {
      const text = `${jwt} ${'-'.repeat(padding)} 5500 0055 5555 5559 and so on`;
      expect(scrub(text, [])).not.toMatch(/\d{4}/);
    }
  });

  it('takes time in proportion to a text that was made to be slow', () => {
    const start = performance.now();
    for (const unit of ['ey-', 'eyAAAAAA-', '4 ', '4111 ', 'cvv', 'Jane Q Canar', ' ']) {
      scrub(unit.repeat(2_000_000 / unit.length), secrets);
    }
    // In proportion to its square it would be hours.
    expect(performance.now() - start).toBeLessThan(60_000);
  });
});

describe('scrubEcho', () => {
  const scrubbed = (body: unknown): unknown => scrubEcho(body, JSON.stringify(body), secrets);

  it('gives the very same answer where nothing of the request is in it', () => {
    const body = { id: 'payt_1', amount: 1_000, cvv: 'M' };
    expect(scrubbed(body)).toBe(body);
  });

  it('removes the values wherever the answer holds them', () => {
    expect(
      scrubbed({
        '4111111111111111': 1,
        list: ['4111 1111 1111 1111', 4_111_111_111_111_111, { cvv: 739 }],
        text: '{"number":"4111111111111111","cvv":"739"}',
        code: '739',
        id: 'payt_739a',
        at: '2025-11-20T10:22:37.739Z',
      }),
    ).toEqual({
      '[removed]': 1,
      list: ['[removed]', '[removed]', { cvv: '[removed]' }],
      text: '{"number":"[removed]","cvv":"[removed]"}',
      code: '[removed]',
      id: 'payt_739a',
      at: '2025-11-20T10:22:37.739Z',
    });
  });

  it('keeps what is personal, which the gateway records and gives back', () => {
    const own: readonly CallSecret[] = [{ text: 'GB33BUKB20201555555555', kind: 'personal' }];
    const body = { account_number: 'GB33BUKB20201555555555' };
    expect(scrubEcho(body, JSON.stringify(body), own)).toBe(body);
    expect(scrub('Account GB33BUKB20201555555555 is closed', own)).toBe(
      'Account [removed] is closed',
    );
  });

  it('keeps the name of the payer, which an answer names rightly', () => {
    const body = { sender_name: 'Jane Q Canary', card: '4111111111111111' };
    expect(scrubbed(body)).toEqual({ sender_name: 'Jane Q Canary', card: '[removed]' });
  });
});
