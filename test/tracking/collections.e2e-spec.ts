import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { PaymentLinksService, PaymentsService, PaymentTracker } from 'nestjs-glomopay';
import { aCollectingShop, shelves, type CollectingShop } from './collecting-shop.js';
import { aPaymentOf } from './tracked-shop.js';

const usd = { amount: 1_000, currency: 'USD' };

describe.each(Object.entries(shelves))('What is paid elsewhere (%s)', (_, shelf) => {
  let shop: CollectingShop;
  let tracker: PaymentTracker;
  beforeEach(async () => {
    shop = await aCollectingShop(await shelf());
    tracker = shop.app.get(PaymentTracker);
  });
  afterEach(() => shop.close());

  const expectOrder = async (reference = 'purchase-1', amount = 1_000) => {
    const orderId = await shop.anOrder(amount);
    await tracker.expect({ ...usd, amount, orderId, reference });
    return orderId;
  };
  const sweeps = async (...references: readonly string[]) => {
    for (const reference of references) await shop.due('collection', reference);
    await tracker.sweep();
  };
  const told = () => shop.heard().map(({ reference, outcome }) => `${reference} ${outcome}`);

  it('waits while nobody pays, and asks the gateway nothing when it is written', async () => {
    const orderId = await shop.anOrder();
    const sent = shop.sandbox.requests.list().length;
    expect(await tracker.expect({ ...usd, orderId, reference: 'purchase-1' })).toMatchObject({
      kind: 'collection',
      requestId: 'purchase-1',
      reference: 'purchase-1',
      orderId,
      paymentLinkId: null,
      subscriptionId: null,
      state: 'created',
      paymentId: null,
    });
    expect(shop.sandbox.requests.list()).toHaveLength(sent);
    await sweeps();
    expect(await tracker.get('purchase-1')).toMatchObject({
      state: 'attempted',
      gatewayStatus: 'active',
      paymentId: null,
    });
    expect(told()).toEqual([]);
  });

  it('is the same for the same key, and refused for another amount, order or reference', async () => {
    const orderId = await expectOrder();
    const again = { ...usd, orderId, reference: 'purchase-1' };
    expect(await tracker.expect(again)).toMatchObject({ version: 1, orderId });
    const linkId = await shop.aLink();
    for (const [other, differing] of [
      [{ ...again, amount: 2_000 }, ['amount']],
      [{ ...again, currency: 'EUR' }, ['currency']],
      [{ ...again, orderId: await shop.anOrder() }, ['orderId']],
      [{ ...usd, paymentLinkId: linkId, reference: 'purchase-1' }, ['orderId', 'paymentLinkId']],
      [{ ...again, reference: 'purchase-2', requestId: 'purchase-1' }, ['reference']],
    ] as const) {
      await expect(tracker.expect(other)).rejects.toMatchObject({
        code: 'GLOMOPAY_REQUEST_ID_CONFLICT',
        requestId: 'purchase-1',
        differing,
      });
    }
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 1 });
  });

  it.each(['the sweeper', 'webhooks', 'the browser', 'a page that asks'])(
    'an order is heard of once when %s comes first, however often all come',
    async (first) => {
      const orderId = await expectOrder();
      const { paymentId, callback } = await shop.pays({ orderId });
      const witnesses = {
        'the sweeper': () => sweeps('purchase-1'),
        webhooks: () => shop.allArrives(),
        'the browser': () => tracker.confirm(callback),
        'a page that asks': () => tracker.check('purchase-1'),
      };
      await witnesses[first as keyof typeof witnesses]();
      expect(await tracker.get('purchase-1')).toMatchObject({
        state: 'succeeded',
        paymentId,
        gatewayStatus: 'success',
      });
      for (const witness of Object.values(witnesses)) await witness();
      expect(shop.heard()).toMatchObject([
        { kind: 'collection', outcome: 'succeeded', reference: 'purchase-1', paymentId, orderId },
      ]);
      expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
    },
  );

  it('gives the browser of a buyer the record, paid or not', async () => {
    const orderId = await expectOrder();
    const declined = await shop.pays({ orderId }, 'decline');
    expect(await tracker.confirm(declined.callback)).toMatchObject({
      requestId: 'purchase-1',
      state: 'attempted',
    });
    const paid = await shop.pays({ orderId });
    expect(await tracker.confirm(paid.callback)).toMatchObject({
      requestId: 'purchase-1',
      state: 'succeeded',
      paymentId: paid.paymentId,
    });
    expect(told()).toEqual(['purchase-1 succeeded']);
  });

  it('does not end by attempts that failed, and ends by the one that succeeds', async () => {
    const orderId = await expectOrder();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await shop.pays({ orderId }, 'decline');
      await shop.allArrives();
      await sweeps('purchase-1');
    }
    expect(await tracker.get('purchase-1')).toMatchObject({ state: 'attempted', paymentId: null });
    const { paymentId } = await shop.pays({ orderId });
    await shop.allArrives();
    expect(await tracker.get('purchase-1')).toMatchObject({ state: 'succeeded', paymentId });
    expect(told()).toEqual(['purchase-1 succeeded']);
  });

  it('hears of a link that is paid, by events of the link alone too', async () => {
    for (const [reference, only] of [
      ['by payment', /^payment\./],
      ['by link', /^payment_link\./],
    ] as const) {
      const paymentLinkId = await shop.aLink();
      await tracker.expect({ ...usd, paymentLinkId, reference });
      shop.sandbox.payLink(paymentLinkId, 'decline');
      const paymentId = shop.sandbox.payLink(paymentLinkId);
      await shop.allArrives({ only });
      expect(await tracker.get(reference)).toMatchObject({
        state: 'succeeded',
        paymentLinkId,
        orderId: null,
        paymentId,
      });
    }
    expect(told()).toEqual(['by payment succeeded', 'by link succeeded']);
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it.each(['expired', 'cancelled'] as const)(
    'fails with a link that is %s, once',
    async (ending) => {
      const paymentLinkId = await shop.aLink(2);
      await tracker.expect({ ...usd, paymentLinkId, reference: 'purchase-1' });
      shop.sandbox.payLink(paymentLinkId, 'decline');
      await sweeps('purchase-1');
      expect(told()).toEqual([]);
      if (ending === 'expired') await shop.days(3);
      else await shop.app.get(PaymentLinksService).cancel(paymentLinkId);
      await shop.allArrives();
      await shop.allArrives({ newestFirst: true });
      await sweeps('purchase-1');
      expect(await tracker.get('purchase-1')).toMatchObject({
        state: 'failed',
        reason: 'payin_ended',
        gatewayStatus: ending,
        paymentId: null,
      });
      expect(shop.heard()).toMatchObject([
        {
          kind: 'collection',
          outcome: 'failed',
          reason: 'payin_ended',
          gatewayStatus: ending,
          paymentLinkId,
          paymentId: null,
        },
      ]);
      expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
    },
  );

  it('waits for a payment that is under way when its order expires', async () => {
    const orderId = await expectOrder();
    // Three months are 89 to 92 days.
    await shop.days(88);
    const paymentId = await shop.begins({ orderId });
    await shop.days(5);
    await shop.allArrives();
    await sweeps('purchase-1');
    expect(await tracker.get('purchase-1')).toMatchObject({
      state: 'attempted',
      gatewayStatus: 'expired',
    });
    shop.answers(paymentId);
    await sweeps('purchase-1');
    expect(await tracker.get('purchase-1')).toMatchObject({ state: 'succeeded', paymentId });
    expect(told()).toEqual(['purchase-1 succeeded']);
  });

  it('leaves the success of a card that we charged ourselves to that payment', async () => {
    const orderId = await expectOrder();
    const { payment } = await tracker.pay(aPaymentOf(orderId, { requestId: 'purchase-1' }), usd);
    shop.answers(payment.paymentId ?? '');
    await sweeps('purchase-1');
    await shop.allArrives();
    await sweeps('purchase-1');
    expect(await tracker.get('purchase-1')).toMatchObject({ kind: 'payment', state: 'succeeded' });
    const key = { kind: 'collection', requestId: 'purchase-1' } as const;
    expect(await tracker.get(key)).toMatchObject({
      kind: 'collection',
      state: 'failed',
      reason: 'payin_ended',
      gatewayStatus: 'paid',
      paymentId: null,
    });
    expect(shop.heard()).toMatchObject([
      { kind: 'payment', outcome: 'succeeded' },
      { kind: 'collection', outcome: 'failed', reason: 'payin_ended', gatewayStatus: 'paid' },
    ]);
  });

  it('leaves the success of a card whose answer got lost to that payment', async () => {
    const orderId = await expectOrder();
    shop.sandbox.faults.next('POST /api/v1/payments', 'drop-after-commit');
    for (let times = 0; times < 12; times += 1) {
      shop.sandbox.faults.next('GET /api/v1/payments', 'server-error');
    }
    await expect(
      tracker.pay(aPaymentOf(orderId, { requestId: 'card' }), usd),
    ).rejects.toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
    });
    shop.sandbox.faults.clear();
    const { data } = await shop.app.get(PaymentsService).list({ payinId: orderId });
    expect(data).toHaveLength(1);
    shop.answers(data[0]?.id ?? '');
    await shop.due('collection', 'purchase-1');
    expect(await tracker.check({ kind: 'collection', requestId: 'purchase-1' })).toMatchObject({
      paymentId: null,
    });
    await shop.allArrives();
    await shop.due('payment', 'card');
    await sweeps('purchase-1');
    expect(await tracker.get('card')).toMatchObject({ state: 'succeeded', paymentId: data[0]?.id });
    expect(told()).toContain('card succeeded');
    expect(told()).not.toContain('purchase-1 succeeded');
  });

  it('reports an order that was paid twice, here and elsewhere', async () => {
    const orderId = await expectOrder();
    const { payment } = await tracker.pay(aPaymentOf(orderId, { requestId: 'card' }), usd);
    const elsewhere = await shop.begins({ orderId });
    shop.answers(payment.paymentId ?? '');
    shop.answers(elsewhere);
    await tracker.check('card');
    await sweeps('purchase-1');
    expect(await tracker.get('card')).toMatchObject({ state: 'succeeded' });
    expect(await tracker.get('purchase-1')).toMatchObject({
      state: 'needs_attention',
      reason: 'duplicate_charge',
      paymentId: elsewhere,
    });
    expect(told()).toEqual(['card succeeded']);
  });

  it('gives a second success that nobody expects a record for a person', async () => {
    const orderId = await expectOrder();
    const [first, second] = [await shop.begins({ orderId }), await shop.begins({ orderId })];
    for (const paymentId of [first, second]) shop.answers(paymentId);
    await shop.allArrives();
    expect(told()).toEqual(['purchase-1 succeeded']);
    const [left] = await tracker.needingAttention(10);
    expect(left).toMatchObject({ reason: 'duplicate_charge', orderId, state: 'needs_attention' });
    expect(new Set([first, second])).toEqual(
      new Set([left?.paymentId, (await tracker.get('purchase-1'))?.paymentId]),
    );
  });

  it('finds what was paid before it was expected, whatever the events said then', async () => {
    const orderId = await shop.anOrder();
    const { paymentId } = await shop.pays({ orderId });
    await shop.allArrives();
    await tracker.expect({ ...usd, orderId, reference: 'purchase-1' });
    await sweeps('purchase-1');
    expect(await tracker.get('purchase-1')).toMatchObject({ state: 'succeeded', paymentId });
    expect(told()).toEqual(['purchase-1 succeeded']);
  });

  it('does no harm by events that are early, repeated and out of order', async () => {
    const orderId = await expectOrder();
    await shop.pays({ orderId }, 'decline');
    await shop.pays({ orderId });
    for (const newestFirst of [true, false, true]) await shop.allArrives({ newestFirst });
    expect(told()).toEqual(['purchase-1 succeeded']);
    expect(await tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it.each(['a card of another amount', 'nobody'])(
    'is a case for a person when its order was paid before by what counts for %s',
    async (whose) => {
      const orderId = await shop.anOrder();
      if (whose === 'nobody') {
        const { payment } = await tracker.pay(aPaymentOf(orderId, { requestId: 'card' }), usd);
        shop.answers(payment.paymentId ?? '', 'decline');
        await shop.pays({ orderId });
      } else {
        const card = aPaymentOf(orderId, { requestId: 'card' });
        const { payment } = await tracker.pay(card, { ...usd, amount: 999 });
        shop.answers(payment.paymentId ?? '');
      }
      await shop.allArrives();
      expect(await tracker.counts()).toEqual({ needsAttention: 1, open: 0 });
      await tracker.expect({ ...usd, orderId, reference: 'purchase-1' });
      await sweeps('purchase-1');
      expect(await tracker.get('purchase-1')).toMatchObject({
        state: 'needs_attention',
        reason: 'unexpected_success',
        gatewayStatus: 'paid',
        paymentId: null,
      });
      expect(await tracker.counts()).toEqual({ needsAttention: 2, open: 0 });
      const closing = { as: 'succeeded', note: 'paid by the other one', by: 'Asha' } as const;
      await tracker.resolve('purchase-1', closing);
      expect(told()).toContain('purchase-1 succeeded');
    },
  );

  it('never counts a success of another amount', async () => {
    const orderId = await shop.anOrder(2_000);
    await tracker.expect({ ...usd, orderId, reference: 'purchase-1' });
    const { paymentId } = await shop.pays({ orderId });
    await shop.allArrives();
    expect(await tracker.get('purchase-1')).toMatchObject({
      state: 'mismatch',
      reason: 'amount_differs',
      paymentId,
    });
    expect(told()).toEqual([]);
  });

  it('gives two processes that look at once one outcome', async () => {
    const orderId = await expectOrder();
    const other = (await shop.second()).get(PaymentTracker);
    const { callback } = await shop.pays({ orderId });
    await Promise.all([
      tracker.confirm(callback),
      other.confirm(callback),
      tracker.check('purchase-1'),
      other.check('purchase-1'),
      sweeps('purchase-1'),
      other.sweep(),
      shop.allArrives(),
    ]);
    expect(told()).toEqual(['purchase-1 succeeded']);
  });

  it('goes on in the next process', async () => {
    const orderId = await shop.anOrder();
    const first = await shop.second();
    await first.get(PaymentTracker).expect({ ...usd, orderId, reference: 'purchase-1' });
    await shop.stop(first);
    await shop.pays({ orderId });
    const next = await shop.second();
    await shop.due('collection', 'purchase-1');
    await next.get(PaymentTracker).sweep();
    expect(told()).toEqual(['purchase-1 succeeded']);
  });
});
