import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { PricesService, QuotesService, type CreatePriceInput } from 'nestjs-glomopay';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { anOrder } from '../support/library/requests.js';

const POST = 'POST /api/v1/prices';

let sandbox: GlomopaySandbox;
let library: OpenLibrary;
let prices: PricesService;

beforeEach(async () => {
  sandbox = await GlomopaySandbox.start();
  library = await openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey } });
  prices = library.module.get(PricesService);
});
afterEach(async () => {
  await library.close();
  await sandbox.stop();
});

const fixed: CreatePriceInput = { pricingType: 'fixed', feesAmount: 1000, feesCurrency: 'USD' };

describe('prices', () => {
  it('are made of their own members; the first is the default until another one is', async () => {
    const first = await prices.create(fixed);
    expect(first).toMatchObject({
      pricingType: 'fixed',
      feesAmount: 1000,
      feesCurrency: 'USD',
      bps: null,
      setAsDefault: true,
    });
    const second = await prices.create({ pricingType: 'percentage', bps: 250 });
    expect(second).toMatchObject({ bps: 250, feesAmount: null, setAsDefault: false });
    const third = await prices.create({ ...fixed, setAsDefault: true });
    expect((await prices.list()).data.map(({ id, setAsDefault }) => [id, setAsDefault])).toEqual([
      [third.id, true],
      [second.id, false],
      [first.id, false],
    ]);
    expect(await prices.get(second.id)).toEqual(second);
  });

  it('are named by orders, and must be there', async () => {
    const { id: priceId } = await prices.create(fixed);
    const customerId = sandbox.demoCustomerId;
    expect((await library.orders.create(anOrder({ customerId, priceId }))).status).toBe('active');
    const thrown = await failureOf(
      library.orders.create(anOrder({ customerId, priceId: 'price_unknown' })),
    );
    expect(thrown).toMatchObject({ outcome: 'rejected', gatewayMessage: 'price_id not found' });
  });

  it('show in quotes, once one is the default', async () => {
    await prices.create({ pricingType: 'percentage', bps: 1000 });
    const [quote] = await library.module.get(QuotesService).create({
      resource: 'payin',
      sourceCurrency: 'USD',
      destinationCurrency: 'USD',
      sourceAmount: 10_000,
      paymentMethod: { type: 'pay_via_bank' },
    });
    expect(quote?.fees?.referralFee).toEqual({ amount: 1000, currency: 'USD' });
  });

  it('whose answer gets lost are not made again, and the error says where to look', async () => {
    sandbox.faults.next(POST, 'drop-after-commit');
    expect(await failureOf(prices.create(fixed))).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      attempts: 1,
      advice: expect.stringMatching(/^List the prices created since \d{4}-/),
    });
    expect(sandbox.prices.list()).toHaveLength(1);
  });

  it.each<[string, object]>([
    ['bps', { ...fixed, bps: 10 }],
    ['feesAmount', { pricingType: 'percentage', bps: 10, feesAmount: 1 }],
    ['feesCurrency', { pricingType: 'percentage', bps: 10, feesCurrency: 'USD' }],
    ['feesAmount', { ...fixed, feesAmount: undefined }],
    ['feesCurrency', { ...fixed, feesCurrency: undefined }],
    ['bps', { pricingType: 'percentage' }],
    ['bps', { pricingType: 'percentage', bps: 0 }],
    ['pricingType', { ...fixed, pricingType: 'free' }],
  ])('need %s to be right: %j', async (path, price) => {
    expect(await failureOf(prices.create(price as CreatePriceInput))).toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
      violations: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(sandbox.requests.count(POST)).toBe(0);
  });
});
