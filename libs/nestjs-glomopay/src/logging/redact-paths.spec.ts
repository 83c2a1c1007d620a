import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { glomopayCensor, glomopayRedactPaths } from './redact-paths.js';

const secrets = {
  number: '4111111111111111',
  cvv: '8317',
  holder: 'Jane Q Canary',
  key: 'ey-the-canary-key',
  signature: '1a76fa7ce8a299e0b843c26b81a37fef',
  token: 'the-3ds-token',
};
const account = '5550001234987';
const card = {
  number: secrets.number,
  cvv: secrets.cvv,
  holderName: secrets.holder,
  expiryMonth: '09',
};
const wireCard = { number: secrets.number, cvv: secrets.cvv, holder_name: secrets.holder };
const signed = `/payment/callback?order_id=order_1&signature=${secrets.signature}`;
const headers = {
  host: 'shop.example',
  authorization: `Bearer ${secrets.key}`,
  'x-glomopay-signature': secrets.signature,
  referer: `https://shop.example${signed}`,
};
const answer = { redirectUrl: `https://bank.example/3ds?authToken=${secrets.token}` };

/** What pino writes of an object, as text. */
function logged(entry: object): string {
  const lines: string[] = [];
  const logger = pino(
    { redact: { paths: [...glomopayRedactPaths], censor: glomopayCensor } },
    { write: (line: string) => void lines.push(line) },
  );
  logger.info(entry, 'request');
  return lines.join('');
}

const requests = {
  checkout: { method: 'POST', url: '/checkout', headers, body: { orderId: 'order_1', card } },
  'checkout in wire names': { method: 'POST', url: '/pay', headers, body: { card: wireCard } },
  'card as the body': { method: 'POST', url: '/pay', headers, body: { ...card, ...wireCard } },
  callback: {
    method: 'GET',
    url: signed,
    originalUrl: signed,
    headers,
    query: { order_id: 'order_1', signature: secrets.signature },
  },
  webhook: {
    method: 'POST',
    url: '/webhooks/glomopay',
    headers,
    rawBody: Buffer.from(secrets.number),
  },
  'callback of the checkout SDK': {
    method: 'POST',
    url: '/sdk',
    headers,
    body: { signature: secrets.signature },
  },
};

describe('glomopayRedactPaths', () => {
  it.each([
    ['its own members', { accountNumber: account }],
    ['wire names', { account_number: account }],
    ['an order', { amount: 1, bankAccountDetails: { accountNumber: account } }],
    ['an order in wire names', { amount: 1, bank_account_details: { account_number: account } }],
    ['a customer who remits', { name: 'Asha Rao', kyc: { panNumber: account } }],
    ['the same in wire names', { name: 'Asha Rao', kyc: { pan_number: account } }],
  ])('take the number of a bank account or a taxpayer out of a body with %s', (_, body) => {
    for (const entry of [{ body }, { req: { body } }, { incoming: { body } }]) {
      expect(logged(entry)).toContain('[Redacted]');
      expect(logged(entry)).not.toContain(account);
    }
  });

  const places: Readonly<Record<string, (request: object) => object>> = {
    bare: (request) => request,
    req: (req) => ({ req }),
    request: (request) => ({ request }),
    'a key of the host': (incoming) => ({ incoming }),
  };

  for (const [name, request] of Object.entries(requests)) {
    it.each(Object.keys(places))(`leaves no secret of a ${name} logged as %s`, (place) => {
      const line = logged(places[place]?.(request) ?? {});
      expect(Object.values(secrets).filter((secret) => line.includes(secret))).toEqual([]);
      expect(line).not.toContain(Buffer.from(secrets.number).join(','));
      expect(line).toContain(request.method);
      expect(line).toContain('shop.example');
    });
  }

  it('would be needed: the same lines hold every secret without them', () => {
    const lines: string[] = [];
    const plain = pino({}, { write: (line: string) => void lines.push(line) });
    plain.info({ ...requests.checkout, ...answer });
    const missing = Object.values(secrets).filter((secret) => !lines.join('').includes(secret));
    expect(missing).toEqual([]);
  });

  it('keeps the path of an address, and takes its query and its fragment', () => {
    const line = JSON.parse(logged({ req: { url: signed, originalUrl: '/a#b?c' }, ...answer }));
    expect(line).toMatchObject({
      req: { url: '/payment/callback?[Redacted]', originalUrl: '/a?[Redacted]' },
      redirectUrl: 'https://bank.example/3ds?[Redacted]',
    });
  });

  it('takes the token of a 3DS page out of the answer that leads there', () => {
    const location = answer.redirectUrl;
    expect(logged({ res: { headers: { location } } })).not.toContain(secrets.token);
    expect(logged({ req: { body: answer } })).not.toContain(secrets.token);
  });

  it('redacts with pino alone too, addresses as a whole', () => {
    const lines: string[] = [];
    const logger = pino(
      { redact: [...glomopayRedactPaths] },
      { write: (line: string) => void lines.push(line) },
    );
    logger.info({ req: requests.callback });
    expect(lines.join('')).not.toContain(secrets.signature);
    expect(lines.join('')).not.toContain('/payment/callback');
  });

  it('names each path once, with one wildcard at most, as older versions of pino demand', () => {
    expect(new Set(glomopayRedactPaths).size).toBe(glomopayRedactPaths.length);
    expect(glomopayRedactPaths.filter((path) => path.split('*').length > 2)).toEqual([]);
  });
});
