import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable, type INestApplicationContext } from '@nestjs/common';
import {
  GlomopayAccount,
  OnPaymentMilestone,
  PaymentTracker,
  TrackedMovements,
  TrackingStore,
  type PaymentMilestone,
} from 'nestjs-glomopay';
import { until } from '../support/until.js';
import { Books, MilestoneShop, OldBooks, type HeldPayment } from './milestone-shop.js';
import { ownDatabases } from './own-databases.js';
import { theCallback } from './tracked-shop.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const HELD = ['succeeded', 'compliance_action_required'];

/** Somebody who hears of something that there is not. */
@Injectable()
class Misheard {
  @OnPaymentMilestone('funds_gone' as 'funds_available')
  hear(): void {}
}

/** Handlers of one milestone each, one of them for another account. */
@Injectable()
class Listeners {
  readonly heard: string[] = [];

  @OnPaymentMilestone('funds_available')
  funds({ milestone }: PaymentMilestone): void {
    this.heard.push(milestone);
  }

  @OnPaymentMilestone('compliance_rejected')
  rejected({ milestone }: PaymentMilestone): void {
    this.heard.push(milestone);
  }

  @GlomopayAccount('emea')
  @OnPaymentMilestone('funds_available')
  elsewhere(): void {
    this.heard.push('elsewhere');
  }
}

describe.each(ownDatabases)('Milestones of payments on %s', (_, aDatabase) => {
  let shop: MilestoneShop;
  beforeEach(async () => {
    shop = await MilestoneShop.open(await aDatabase());
  });
  afterEach(() => shop.close());

  const sweep = (app: INestApplicationContext) => app.get(PaymentTracker).sweep();
  const lines = () => shop.database.lines();
  const recordOf = (app: INestApplicationContext, { requestId }: HeldPayment) =>
    app.get(PaymentTracker).get(requestId);
  /** How often the gateway was asked about a payment. */
  const looks = (payment: HeldPayment) =>
    shop.sandbox.requests.count(`GET /api/v1/payments/${payment.paymentId}`);

  it('are heard of what was paid elsewhere, each once, by the sweeper alone', async () => {
    const app = await shop.process();
    const payment = await shop.paidElsewhere(app);
    await sweep(app);
    expect(await lines()).toEqual(HELD);
    expect(app.get(Books).seen).toMatchObject([
      { kind: 'collection', reference: payment.requestId, paymentId: payment.paymentId },
    ]);
    await shop.answer(app, payment, 'approve');
    for (let round = 0; round < 3; round += 1) {
      await shop.database.pass(HOUR_MS);
      await sweep(app);
    }
    expect(await lines()).toEqual([...HELD, 'funds_available']);
    expect(await recordOf(app, payment)).toMatchObject({ kind: 'collection', nextCheckAt: null });
  });

  it('are heard after the outcome, in its transaction where both come at once', async () => {
    const app = await shop.process();
    const payment = await shop.held(app);
    expect(await lines()).toEqual(HELD);
    expect(app.get(Books).seen).toEqual([
      {
        milestone: 'compliance_action_required',
        account: 'default',
        kind: 'payment',
        reference: payment.requestId,
        requestId: payment.requestId,
        paymentId: payment.paymentId,
        orderId: payment.orderId,
        subscriptionId: null,
        amount: 6_623,
        currency: 'USD',
        complianceStatus: 'action_required',
        fundsAvailable: false,
      },
    ]);
  });

  it('are heard once from any number of witnesses', async () => {
    const app = await shop.process();
    const other = await shop.process();
    const payment = await shop.held(app);
    await shop.release(app, payment);
    await shop.database.pass(2 * HOUR_MS);
    await Promise.all([
      shop.webhook(app, 'payment.funds_available', payment),
      shop.webhook(other, 'payment.success', payment),
      sweep(app),
      sweep(other),
    ]);
    await shop.webhook(app, 'payment.compliance_under_review', payment);
    expect(await lines()).toEqual([...HELD, 'funds_available']);
    expect([...app.get(Books).seen, ...other.get(Books).seen]).toHaveLength(2);
  });

  it('are found within an hour when their webhook got lost', async () => {
    const app = await shop.process();
    const payment = await shop.held(app);
    await shop.release(app, payment);
    const before = looks(payment);
    await shop.database.pass(HOUR_MS - MINUTE_MS);
    expect(await sweep(app)).toEqual({ checked: 0, settled: 0, needsAttention: 0 });
    expect(looks(payment)).toBe(before);
    await shop.database.pass(2 * MINUTE_MS);
    expect(await sweep(app)).toEqual({ checked: 1, settled: 0, needsAttention: 0 });
    expect(await lines()).toEqual([...HELD, 'funds_available']);
  });

  it('are looked for no more once funds and compliance are through', async () => {
    const app = await shop.process();
    const payment = await shop.held(app);
    await shop.answer(app, payment, 'approve');
    await shop.webhook(app, 'payment.compliance_approved', payment);
    expect(await lines()).toEqual([...HELD, 'funds_available']);
    expect(await recordOf(app, payment)).toMatchObject({
      complianceStatus: 'approved',
      fundsAvailable: true,
      reason: null,
      nextCheckAt: null,
    });
  });

  it('are none to look for when the success brings everything', async () => {
    const app = await shop.process();
    const payment = await shop.paid(app, 1_000);
    await shop.webhook(app, 'payment.success', payment);
    expect(await lines()).toEqual(['succeeded', 'funds_available']);
    expect(await recordOf(app, payment)).toMatchObject({ nextCheckAt: null });
  });

  it('show a person a payment whose money goes back, and end the looks', async () => {
    const app = await shop.process();
    const payment = await shop.held(app);
    await shop.answer(app, payment, 'reject');
    await shop.database.pass(HOUR_MS + MINUTE_MS);
    await sweep(app);
    expect(await lines()).toEqual([...HELD, 'compliance_rejected']);
    const expected = { state: 'succeeded', reason: 'compliance_rejected', nextCheckAt: null };
    expect(await app.get(TrackedMovements).needingAttention(9)).toMatchObject([expected]);
    expect(await app.get(PaymentTracker).counts()).toEqual({ needsAttention: 1, open: 0 });
    expect(shop.log.text).toContain('needs a person: succeeded, compliance_rejected');
  });

  it('come again when compliance asks again', async () => {
    const app = await shop.process();
    const payment = await shop.held(app);
    await shop.answer(app, payment);
    await shop.webhook(app, 'payment.compliance_under_review', payment);
    expect(await recordOf(app, payment)).toMatchObject({ complianceStatus: 'under_review' });
    const { id } = shop.sandbox.payments.get(payment.paymentId)?.rfi ?? { id: '' };
    shop.sandbox.reviewRfi(id, 'ask_again');
    await shop.webhook(app, 'payment.compliance_action_required', payment);
    expect(await lines()).toEqual([...HELD, 'compliance_action_required']);
  });

  it('are not recorded with a handler that throws, and heard later', async () => {
    const app = await shop.process();
    const books = app.get(Books);
    const payment = await shop.held(app);
    const before = await recordOf(app, payment);
    await shop.release(app, payment);
    books.failures = 1;
    await shop.database.pass(HOUR_MS + MINUTE_MS);
    await sweep(app);
    expect(await lines()).toEqual(HELD);
    const { version, fundsAvailable, state } = (await recordOf(app, payment)) ?? {};
    expect([version, fundsAvailable, state]).toEqual([before?.version, false, 'succeeded']);
    expect(shop.log.text).toContain('nothing was recorded, it is run again');
    await shop.database.pass(HOUR_MS + MINUTE_MS);
    await sweep(app);
    expect(await lines()).toEqual([...HELD, 'funds_available']);
  });

  it('hold back the outcome that comes with them, which a webhook brings again', async () => {
    const app = await shop.process();
    const payment = await shop.paid(app);
    app.get(Books).failures = 2;
    await shop.webhook(app, 'payment.success', payment);
    expect(app.get(Books).failures).toBe(0);
    expect(await lines()).toEqual(HELD);
  });

  it('outlive the process that recorded the success', async () => {
    const first = await shop.process();
    const payment = await shop.held(first);
    await shop.release(first, payment);
    await first.close();
    await shop.database.pass(HOUR_MS + MINUTE_MS);
    const second = await shop.process();
    await sweep(second);
    expect(await lines()).toEqual([...HELD, 'funds_available']);
  });

  it('are left by a process without their handler, at once, to one that has it', async () => {
    const full = await shop.process();
    const payment = await shop.held(full);
    await shop.release(full, payment);
    const api = await shop.process(OldBooks);
    // A browser that contradicts the record is reason enough to look.
    const callback = {
      ...theCallback(payment.orderId, payment.paymentId),
      status: 'failed',
    } as const;
    await api.get(PaymentTracker).confirm(callback);
    expect(await recordOf(api, payment)).toMatchObject({ fundsAvailable: false });
    expect(await sweep(api)).toMatchObject({ checked: 0 });
    expect(await lines()).toEqual(HELD);
    expect(await sweep(full)).toMatchObject({ checked: 1 });
    expect(await lines()).toEqual([...HELD, 'funds_available']);
  });

  it('are looked for hourly, then seldom, for thirty days, and heard by webhook after that', async () => {
    const app = await shop.process();
    const payment = await shop.held(app);
    await shop.database.pass(HOUR_MS + MINUTE_MS);
    const looked: number[] = [];
    let hour = 1;
    while (hour < 31 * 24) {
      const before = looks(payment);
      await sweep(app);
      if (looks(payment) > before) looked.push(hour);
      const step = hour < 42 ? 1 : 6;
      await shop.database.pass(step * (HOUR_MS + 1_000));
      hour += step;
    }
    const firstDay = Array.from({ length: 23 }, (__, index) => index + 1);
    expect(looked.slice(0, 27)).toEqual([...firstDay, 24, 30, 36, 42]);
    expect(looked.at(-1)).toBe(30 * 24);
    expect(await recordOf(app, payment)).toMatchObject({
      state: 'succeeded',
      reason: null,
      nextCheckAt: null,
    });
    expect(shop.log.text).toContain('is watched no longer');
    expect(await app.get(PaymentTracker).counts()).toEqual({ needsAttention: 0, open: 0 });
    await shop.release(app, payment);
    await shop.webhook(app, 'payment.funds_available', payment);
    expect(await lines()).toEqual([...HELD, 'funds_available']);
  });

  it('of payments that succeeded before somebody listened are heard by webhook only', async () => {
    const old = await shop.process(OldBooks);
    const payment = await shop.held(old);
    expect(await recordOf(old, payment)).toMatchObject({ state: 'succeeded', nextCheckAt: null });
    await old.close();
    const app = await shop.process();
    await shop.release(app, payment);
    await shop.database.pass(DAY_MS);
    expect(await sweep(app)).toMatchObject({ checked: 0 });
    expect(await lines()).toEqual(['succeeded']);
    await shop.webhook(app, 'payment.funds_available', payment);
    expect(await lines()).toEqual(['succeeded', 'funds_available']);
  });

  it('are looked for no more when nobody listens any more', async () => {
    const app = await shop.process();
    const payment = await shop.held(app);
    await app.close();
    await shop.database.pass(8 * DAY_MS);
    const old = await shop.process(OldBooks);
    const before = looks(payment);
    expect(await sweep(old)).toEqual({ checked: 1, settled: 0, needsAttention: 0 });
    expect(looks(payment)).toBe(before);
    expect(await recordOf(old, payment)).toMatchObject({ nextCheckAt: null });
  });

  it('leave the looks at payments without an outcome their turn', async () => {
    const app = await shop.process();
    const held: HeldPayment[] = [];
    for (let index = 0; index < 3; index += 1) held.push(await shop.held(app));
    const open = await shop.paid(app, 1_000);
    await shop.database.pass(2 * HOUR_MS);
    expect(await sweep(app)).toEqual({ checked: 4, settled: 1, needsAttention: 0 });
    expect(await recordOf(app, open)).toMatchObject({ state: 'succeeded' });
  });

  it('reach the handlers of that milestone and account, and no others', async () => {
    const app = await shop.process(Listeners);
    const payment = await shop.held(app);
    expect(app.get(Listeners).heard).toEqual([]);
    await shop.release(app, payment);
    await shop.webhook(app, 'payment.funds_available', payment);
    expect(app.get(Listeners).heard).toEqual(['funds_available']);
  });

  it('stop the boot when there is none of that name', async () => {
    await expect(shop.process(Misheard)).rejects.toMatchObject({
      code: 'GLOMOPAY_CONFIGURATION',
      message: expect.stringContaining('Misheard.hear is a handler of milestones'),
    });
  });

  it('have one handler for each method, under its name', async () => {
    const app = await shop.process();
    const notes = await app.get(TrackingStore, { strict: false }).notedHandlers();
    expect(notes.filter(({ kind }) => kind === 'milestone')).toMatchObject([
      { account: '', handler: 'books' },
    ]);
    await until(() => shop.log.text.includes('milestones of payments go to books'));
  });
});
