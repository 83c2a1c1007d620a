import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  BalancesService,
  GlomopayModule,
  MocksService,
  OrdersService,
  PaymentLinksService,
  PaymentsService,
  RawRequestsService,
  RefundsService,
  VerifiedWebhook,
  WebhookSignatureGuard,
  type GlomopayEvent,
} from 'nestjs-glomopay';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder } from '../support/library/recorder.js';
import { aSecretKey } from '../support/library/secret-key.js';
import { startNestHost, type NestHost } from '../support/nest-host.js';

let library: OpenLibrary;
afterEach(() => library.close());

const usd = { amount: 1000, currency: 'USD' } as const;

describe('MocksService, against the sandbox,', () => {
  let sandbox: GlomopaySandbox;
  let mocks: MocksService;
  let payments: PaymentsService;
  let orderId: string;
  beforeEach(async () => {
    sandbox = await GlomopaySandbox.start({ openingBalance: 0 });
    library = await openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey } });
    mocks = library.module.get(MocksService);
    payments = library.module.get(PaymentsService);
    const customerId = sandbox.demoCustomerId;
    orderId = (await library.module.get(OrdersService).create({ customerId, ...usd })).id;
  });
  afterEach(() => sandbox.stop());

  const events = () =>
    sandbox.webhooks
      .events()
      .map(({ type }) => type)
      .toReversed();

  it('pays an order by transfer', async () => {
    const payment = await mocks.transfer({ ...usd, payinId: orderId });
    expect(payment).toMatchObject({
      status: 'success',
      payinId: orderId,
      requestedAmount: 1000,
      requestedCurrency: 'USD',
      fundsAvailable: true,
      paymentMethod: { type: 'bank_transfer' },
    });
    expect(sandbox.orders.get(orderId)?.status).toBe('paid');
    expect(sandbox.balances.amountOf('USD')).toBe(970);
    expect(events()).toEqual(['payment.success', 'orders.paid']);
    await expect(payments.get(payment.id)).resolves.toMatchObject({ status: 'success' });
  });

  it('pays a link by transfer, once it was reviewed', async () => {
    sandbox.account.linkStatus = 'under_review';
    const customerId = sandbox.demoCustomerId;
    const expiresAt = new Date(sandbox.clock.now() + 86_400_000).toISOString();
    const links = library.module.get(PaymentLinksService);
    const link = await links.create({ customerId, ...usd, expiresAt });
    const early = await mocks.transfer({ ...usd, payinId: link.id });
    expect(early).toMatchObject({ status: 'action_required', errorCode: 'PAYIN_NOT_FOUND' });
    await expect(mocks.reviewPaymentLink(link.id)).resolves.toMatchObject({ status: 'active' });
    const payment = await mocks.transfer({ ...usd, payinId: link.id });
    expect(payment).toMatchObject({ status: 'success', payinType: 'payment_link' });
    expect(sandbox.paymentLinks.get(link.id)?.status).toBe('paid');
    expect(events().slice(-2)).toEqual(['payment.success', 'payment_link.paid']);
  });

  it('tops the balance up: started in the dashboard, transferred, made usable', async () => {
    sandbox.account.fundedBalance = true;
    sandbox.account.transferFundsHeld = true;
    const topUp = sandbox.startTopUp({ amount: 50_000, currency: 'EUR' });
    const held = await mocks.transfer({ amount: 50_000, currency: 'EUR', payinId: topUp.id });
    expect(held).toMatchObject({
      status: 'success',
      payinType: 'add_funds',
      fundsAvailable: false,
    });
    const balances = library.module.get(BalancesService);
    expect((await balances.get()).pending).toContainEqual({ amount: 50_000, currency: 'EUR' });
    await expect(mocks.fundsAvailable(held.id)).resolves.toMatchObject({
      id: held.id,
      fundsAvailable: true,
    });
    const { available, pending, fundedBalances } = await balances.get();
    expect(fundedBalances).toContainEqual({ amount: 50_000, currency: 'EUR' });
    expect(pending).toContainEqual({ amount: 0, currency: 'EUR' });
    expect(available).toContainEqual({ amount: 0, currency: 'EUR' });
    expect(events()).toEqual([
      'payment.success',
      'payment_link.paid',
      'payment.funds_available',
      'balance.balance.funded_balance.credited',
    ]);
    expect((await payments.list({ paymentType: 'add_funds' })).data).toHaveLength(1);
  });

  it.each([
    ['another amount', { ...usd, amount: 999 }],
    ['another currency', { ...usd, currency: 'EUR' }],
  ])('leaves a transfer of %s to the merchant', async (_, money) => {
    const payment = await mocks.transfer({ ...money, payinId: orderId });
    expect(payment).toMatchObject({
      status: 'action_required',
      errorCode: 'PAYIN_AMOUNT_MISMATCH',
      payinId: null,
      fundsAvailable: false,
    });
    expect(sandbox.orders.get(orderId)?.status).toBe('active');
    expect(sandbox.balances.amountOf('USD')).toBe(0);
  });

  it('leaves a second transfer for the same order to the merchant', async () => {
    await mocks.transfer({ ...usd, payinId: orderId });
    const second = await mocks.transfer({ ...usd, payinId: orderId });
    expect(second).toMatchObject({ status: 'action_required', errorCode: 'PAYIN_NOT_FOUND' });
    expect(sandbox.balances.amountOf('USD')).toBe(970);
  });

  it('leaves one that fits nothing to the merchant, in a list that can be read', async () => {
    const { id } = await mocks.transfer({ ...usd, paymentMethod: 'BankTransfer' });
    const { data, unreadable } = await payments.list({ status: 'action_required' });
    expect(unreadable).toEqual([]);
    expect(data).toMatchObject([{ id, payinId: null, payinType: null, customerId: null }]);
  });

  it('makes held money usable once', async () => {
    sandbox.account.transferFundsHeld = true;
    const { id } = await mocks.transfer({ ...usd, payinId: orderId });
    expect(sandbox.balances.amountOf('USD', 'pending')).toBe(970);
    await mocks.fundsAvailable(id);
    expect(sandbox.balances.amountOf('USD')).toBe(970);
    const failure = await failureOf(mocks.fundsAvailable(id));
    expect(failure).toMatchObject({
      outcome: 'rejected',
      status: 400,
      gatewayMessage: 'Transaction already has funds available',
    });
    expect(sandbox.balances.amountOf('USD')).toBe(970);
    expect(sandbox.balances.amountOf('USD', 'pending')).toBe(0);
  });

  it('settles a refund', async () => {
    const payment = await mocks.transfer({ ...usd, payinId: orderId });
    sandbox.balances.credit(usd);
    const refund = await library.module
      .get(RefundsService)
      .create({ paymentId: payment.id, reason: 'Others', requestId: 'r-1' });
    await expect(mocks.settleRefund(refund.id, 'failed')).resolves.toMatchObject({
      id: refund.id,
      status: 'failed',
    });
  });

  describe('settlePayout', () => {
    let host: NestHost;
    let heard: GlomopayEvent[];
    beforeEach(async () => {
      sandbox.balances.credit({ amount: 5_000, currency: 'USD' });
      heard = [];
      host = await payoutsHost(sandbox, (event) => {
        if (event.type.startsWith('payout.')) heard.push(event);
      });
      sandbox.webhooks.endpoints = [`http://127.0.0.1:${host.port}/hook`];
    });
    afterEach(() => host.close());

    /** A payout that its merchant asks for by its own request. */
    const payout = async (): Promise<string> => {
      const raw = library.module.get(RawRequestsService);
      const payee = await raw.send({
        method: 'POST',
        path: '/api/v2/beneficiaries',
        body: aBeneficiary,
      });
      const made = await raw.send({
        method: 'POST',
        path: '/api/v1/payouts',
        body: {
          beneficiary_id: Reflect.get(Object(payee), 'id'),
          purpose_code: 'S0802',
          source_currency: 'USD',
          destination_currency: 'USD',
          source_amount: 1000,
          payment_rail: 'swift',
          request_id: 'p-1',
        },
      });
      return String(Reflect.get(Object(made), 'id'));
    };
    const told = async (): Promise<readonly string[]> => {
      await sandbox.webhooks.settled();
      return heard.map(({ type }) => type);
    };

    it.each([
      ['success', 4_000, expect.stringMatching(/^UTR/)],
      ['failed', 5_000, null],
    ] as const)('ends a payout as %s, and a host hears of it', async (status, left, utr) => {
      const id = await payout();
      await expect(mocks.settlePayout(id, status)).resolves.toMatchObject({
        id,
        status,
        sourceAmount: 1000,
        sourceCurrency: 'USD',
        paymentRail: 'swift',
        requestId: 'p-1',
        errorCode: null,
        utr,
      });
      expect(await told()).toEqual(['payout.in_progress', `payout.${status}`]);
      expect(heard[1]).toMatchObject({ data: { id, status, destinationCurrency: 'USD' } });
      expect(sandbox.balances.amountOf('USD')).toBe(left);
    });

    it('moves a queued payout on first, and says what is not allowed', async () => {
      sandbox.account.payoutQueueing = true;
      const id = await payout();
      expect(await failureOf(mocks.settlePayout(id, 'success'))).toMatchObject({
        outcome: 'rejected',
        status: 400,
        gatewayMessage: 'State change not allowed',
      });
      const moved = await mocks.settlePayout(id, 'pending');
      expect(moved.status).toBe('in_progress');
      await mocks.settlePayout(id, 'success');
      expect(await told()).toEqual(['payout.queued', 'payout.in_progress', 'payout.success']);
    });

    it('has compliance ask, and calls the payout off', async () => {
      sandbox.account.payoutQueueing = true;
      const id = await payout();
      await expect(mocks.settlePayout(id, 'action_required')).resolves.toMatchObject({
        status: 'action_required',
      });
      await expect(mocks.settlePayout(id, 'cancelled')).resolves.toMatchObject({
        status: 'cancelled',
      });
      expect(await told()).toEqual(['payout.queued', 'payout.action_required', 'payout.cancelled']);
      expect(sandbox.balances.amountOf('USD')).toBe(5_000);
    });
  });

  it('says that an id is unknown', async () => {
    const failures = await Promise.all([
      failureOf(mocks.transfer({ ...usd, payinId: 'order_none' })),
      failureOf(mocks.fundsAvailable('payt_none')),
      failureOf(mocks.reviewPaymentLink('plink_none')),
      failureOf(mocks.settleRefund('refund_none', 'success')),
      failureOf(mocks.reviewBeneficiary('bene_none', 'approve')),
      failureOf(mocks.settlePayout('payout_none', 'success')),
    ]);
    expect(failures.map((failure) => Reflect.get(failure, 'status'))).toEqual(Array(6).fill(404));
  });
});

describe('MocksService', () => {
  let gateway: Recorder;
  beforeAll(async () => {
    gateway = await Recorder.start();
  });
  beforeEach(() => gateway.reset());
  afterAll(() => gateway.stop());

  const open = async (options: object): Promise<MocksService> => {
    library = await openLibrary(gateway.url, { options });
    return library.module.get(MocksService);
  };
  const everyCall = (mocks: MocksService): readonly Promise<unknown>[] => [
    mocks.transfer({ ...usd, paymentMethod: 'BankTransfer' }),
    mocks.fundsAvailable('payt_1'),
    mocks.reviewPaymentLink('plink_1'),
    mocks.settleRefund('refund_1', 'success'),
    mocks.reviewBeneficiary('bene_1', 'approve'),
    mocks.settlePayout('payout_1', 'success'),
    mocks.runSettlement(),
  ];

  it.each<[string, object, RegExp]>([
    ['is of production', { secretKey: keyOf('production') }, /is of production/],
    [
      'says nothing, in an environment that is production',
      { secretKey: keyOf(undefined), environment: 'production' },
      /is of production/,
    ],
    ['says nothing', { secretKey: keyOf(undefined) }, /environment to 'sandbox'/],
    ['cannot be read', { secretKey: 'no-jwt-'.repeat(8) }, /environment to 'sandbox'/],
  ])('sends nothing under a key that %s', async (_, options, words) => {
    const failures = await Promise.all(everyCall(await open(options)).map(failureOf));
    for (const failure of failures) {
      expect(failure).toMatchObject({ code: 'GLOMOPAY_CONFIGURATION', outcome: 'not_sent' });
      expect(failure.message).toMatch(words);
    }
    expect(failures).toHaveLength(7);
    expect(gateway.requests).toEqual([]);
  });

  it('asks under a key that says nothing once the option says sandbox', async () => {
    gateway.always({ body: { data: [] } });
    const mocks = await open({ secretKey: keyOf(undefined), environment: 'sandbox' });
    await expect(mocks.runSettlement()).resolves.toBeUndefined();
    expect(gateway.requests).toMatchObject([
      { method: 'POST', path: '/api/v1/settlements/mock-trigger', text: '' },
    ]);
  });

  it('plays nothing twice when the answer got lost', async () => {
    gateway.always((_, response) => void response.socket?.resetAndDestroy());
    const failures = await Promise.all(everyCall(await open({})).map(failureOf));
    expect(new Set(failures.map((failure) => Reflect.get(failure, 'code')))).toEqual(
      new Set(['GLOMOPAY_OUTCOME_UNKNOWN']),
    );
    expect(gateway.requests).toHaveLength(7);
  });

  it.each<[string, (mocks: MocksService) => Promise<unknown>]>([
    ['a card number for an id', (mocks) => mocks.fundsAvailable('4111111111111111')],
    ['another status', (mocks) => mocks.settleRefund('refund_1', 'paid' as 'success')],
    ['the id of another kind', (mocks) => mocks.settlePayout('refund_1' as string, 'success')],
    ['a path for an id', (mocks) => mocks.reviewPaymentLink('plink_1/../x')],
    ['no purpose', (mocks) => mocks.transfer({ ...usd } as never)],
    [
      'two purposes',
      (mocks) =>
        mocks.transfer({ ...usd, payinId: 'order_1', paymentMethod: 'BankTransfer' } as never),
    ],
  ])('sends nothing with %s', async (_, ask) => {
    const failure = await failureOf(ask(await open({})));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_VALIDATION' });
    expect(failure.message).not.toContain('4111');
    expect(gateway.requests).toEqual([]);
  });

  it('believes no answer about another payment', async () => {
    gateway.always({ body: { data: { id: 'payt_2' }, message: 'done' } });
    const failure = await failureOf((await open({})).fundsAvailable('payt_1'));
    expect(failure).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
  });
});

const aBeneficiary = {
  category: 'payout',
  beneficiary: {
    name: 'Quay Partners',
    type: 'business',
    address: { address_line1: '1 Quay', city: 'Porto', state: 'Porto', country_code: 'PRT' },
  },
  bank_account: { account_number: '1000000001', currency: 'USD', swift_code: 'CITIUS33' },
};

/** A host with a guarded route for webhooks. */
function payoutsHost(
  sandbox: GlomopaySandbox,
  hear: (event: GlomopayEvent) => void,
): Promise<NestHost> {
  @Controller()
  class Hook {
    @Post('hook')
    @UseGuards(WebhookSignatureGuard)
    @HttpCode(200)
    receive(@VerifiedWebhook() event: GlomopayEvent) {
      hear(event);
      return {};
    }
  }
  const { secretKey, webhookSecret } = sandbox;
  return startNestHost(
    'express',
    {
      imports: [GlomopayModule.forRoot({ secretKey, webhookSecret, baseUrl: sandbox.url })],
      controllers: [Hook],
    },
    { options: { rawBody: true } },
  );
}

/** A key of the gateway's form. */
function keyOf(env: string | undefined): string {
  const [header, , signature] = aSecretKey().split('.');
  const claims = Buffer.from(JSON.stringify({ sub: 'merchant', env })).toString('base64url');
  return [header, claims, signature].join('.');
}
