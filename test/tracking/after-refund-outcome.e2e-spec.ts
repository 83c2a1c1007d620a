import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import {
  AfterRefundOutcome,
  RefundTracker,
  WebhookInbox,
  type EventDelivery,
  type RefundOutcome,
  type TrackedRefund,
} from 'nestjs-glomopay';
import { until } from '../support/until.js';
import { aRefundOf, aRefundShop, idOf, type RefundShop } from './refund-shop.js';
import { refundStores, type RefundStore } from './refund-stores.js';

const DAYS_MS = 86_400_000;
const part = { currency: 'USD', reference: 'complaint-7' };
const asha = { by: 'asha', note: 'the bank has confirmed it' };

/** What the shop sends of refunds; it fails as often as a test says. */
@Injectable()
class RefundMail {
  readonly told: { readonly outcome: RefundOutcome; readonly attempt: number }[] = [];
  failures = 0;

  @AfterRefundOutcome({ name: 'refund-mail' })
  async tell(outcome: RefundOutcome, { attempt }: EventDelivery): Promise<void> {
    this.told.push({ outcome, attempt });
    if (this.failures === 0) return;
    this.failures -= 1;
    throw new Error('the post is closed');
  }
}

describe.each(refundStores)('What follows the outcome of a refund on %s', (_place, open) => {
  let place: RefundStore;
  let shop: RefundShop;
  let mail: RefundMail;
  let paymentId: string;
  beforeEach(async () => {
    place = await open();
    shop = await aRefundShop(place, [RefundMail]);
    mail = shop.app.get(RefundMail);
    paymentId = await shop.aPayment();
  });
  afterEach(() => shop.close());

  const start = async () => (await shop.tracker.refund(aRefundOf(paymentId), part)).refund;
  const worked = () => until(async () => (await shop.app.get(WebhookInbox).counts()).open === 0);
  const givenUp = async () => {
    const refund = await start();
    await place.age(refund.requestId, 21 * DAYS_MS);
    await shop.sweep(paymentId);
    return refund;
  };

  it.each<[string, (refund: TrackedRefund) => Promise<unknown>]>([
    ['a webhook', (refund) => shop.hear('success', idOf(refund))],
    ['the sweeper', () => shop.sweep(paymentId)],
    ['a look of the host', ({ requestId }) => shop.tracker.check(requestId)],
  ])('is done once when %s brings it', async (_, bring) => {
    const refund = await start();
    shop.sandbox.completeRefund(idOf(refund), 'approve');
    await bring(refund);
    await bring(refund);
    await worked();
    expect(mail.told).toEqual([{ outcome: shop.books.seen[0], attempt: 1 }]);
    expect(mail.told[0]?.outcome).toMatchObject({ outcome: 'succeeded', byHand: false });
    expect(await place.lines()).toEqual(['complaint-7 succeeded']);
  });

  it('is done when a person settles it, and says so', async () => {
    const { requestId } = await givenUp();
    expect(mail.told).toEqual([]);
    await shop.tracker.resolve(requestId, { as: 'succeeded', ...asha });
    await worked();
    expect(mail.told).toEqual([{ outcome: shop.books.seen[0], attempt: 1 }]);
    expect(mail.told[0]?.outcome).toMatchObject({ reference: 'complaint-7', byHand: true });
  });

  it('is tried again, and leaves the outcome as it is', async () => {
    mail.failures = 1;
    const refund = await start();
    shop.sandbox.completeRefund(idOf(refund), 'decline');
    await shop.tracker.check(refund.requestId);
    await worked();
    expect(mail.told).toMatchObject([
      { attempt: 1, outcome: { outcome: 'failed' } },
      { attempt: 2, outcome: { outcome: 'failed' } },
    ]);
    expect(await place.lines()).toEqual(['complaint-7 failed']);
  });

  it.each(['acknowledged', 'refunded'] as const)(
    'is nothing when a person has %s it',
    async (as) => {
      const { requestId } = await givenUp();
      expect(await shop.tracker.resolve(requestId, { as, ...asha })).toMatchObject({
        resolution: as,
        resolvedBy: 'asha',
      });
      await worked();
      expect(mail.told).toEqual([]);
      expect(await place.lines()).toEqual([]);
    },
  );

  it('has a person in the history of what was closed by hand', async () => {
    const refund = await givenUp();
    await shop.tracker.resolve(refund, { as: 'failed', ...asha });
    const lines = await shop.tracker.history(refund.requestId);
    expect(lines.map(({ to, witness }) => [to, witness.kind])).toEqual([
      ['created', 'request'],
      ['attempted', 'request'],
      ['attempted', 'sweep'],
      ['needs_attention', 'sweep'],
      ['failed', 'person'],
    ]);
    expect(lines.at(-1)).toMatchObject({ note: asha.note, witness: { id: 'asha' } });
    expect(await shop.tracker.history(refund)).toEqual(lines);
    await expect(shop.tracker.resolve(refund, { as: 'succeeded', ...asha })).rejects.toMatchObject({
      code: 'GLOMOPAY_NOT_RESOLVABLE',
      fault: 'resolved',
    });
  });

  it('closes nothing that is no refund', async () => {
    const requestId = `payment-of-${paymentId}`;
    const key = { kind: 'payment', requestId } as unknown as TrackedRefund;
    for (const call of [
      () => shop.tracker.resolve(key, { as: 'acknowledged', ...asha }),
      () => shop.tracker.history(key),
      () => shop.tracker.get(key),
      () => shop.tracker.check(key),
    ]) {
      await expect(call()).rejects.toMatchObject({ violations: [{ path: 'kind' }] });
    }
    const tracker: RefundTracker = shop.tracker;
    expect(await tracker.resolve('unknown', { as: 'failed', ...asha })).toBeUndefined();
    expect(await tracker.history('unknown')).toEqual([]);
  });
});
