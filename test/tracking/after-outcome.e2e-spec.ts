import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TrackingStore } from 'nestjs-glomopay';
import { signWebhook } from 'nestjs-glomopay/testing';
import { storages } from '../support/storages.js';
import {
  aDecided,
  type AfterShop,
  anAfterShop,
  aRefused,
  Broker,
  Ears,
  Ledger,
  type ShopProcess,
  witnesses,
} from './after-shop.js';
import { WEBHOOK_SECRET } from './tracked-shop.js';

describe.each(storages)('What follows an outcome, on %s', (_name, open) => {
  let shop: AfterShop;
  let process: ShopProcess;
  beforeEach(async () => {
    shop = await anAfterShop(open);
    process = await shop.boot();
  });
  afterEach(() => shop.close());

  const store = ({ app }: ShopProcess) => app.get(TrackingStore, { strict: false });
  const followUps = async () =>
    (await process.inbox.list()).filter(({ id }) => id.startsWith('after-'));
  const only = async () => {
    const [event, ...others] = await followUps();
    if (event === undefined || others.length > 0) throw new Error('There is not one follow-up');
    return event;
  };
  const settled = async (decision?: 'approve' | 'decline') => {
    const payment = await aDecided(shop, process, decision);
    await process.tracker.check(payment.requestId);
    return payment;
  };

  it('says when the outcome was settled by hand', async () => {
    const { requestId } = await aDecided(shop, process);
    const key = { account: 'default', kind: 'payment', requestId } as const;
    await store(process).settle(key, {
      decide: () => ({ state: 'needs_attention', reason: 'no_outcome' }),
      effect: async () => undefined,
      nextCheckMs: 60_000,
    });
    await process.workOff();
    expect(process.mail.told).toEqual([]);
    const closed = { as: 'failed', by: 'asha', note: 'the bank has no such payment' } as const;
    await process.tracker.resolve(requestId, closed);
    await process.workOff();
    expect(process.mail.told).toMatchObject([
      { attempt: 1, outcome: { requestId, outcome: 'failed', byHand: true } },
    ]);
  });

  it.each(witnesses)('is done once when %s brings the outcome', async (_witness, bring) => {
    const payment = await aDecided(shop, process);
    await bring(process, payment);
    await process.workOff();
    await process.workOff();
    expect(process.mail.told).toMatchObject([{ attempt: 1 }]);
    expect(process.mail.told[0]?.outcome).toEqual(process.app.get(Ledger).seen[0]);
    expect(process.app.get(Broker).told).toEqual([payment.requestId]);
    for (const [, again] of witnesses) await again(process, payment);
    await process.workOff();
    expect(process.mail.told).toHaveLength(1);
    expect(await only()).toMatchObject({
      type: 'after.payment.succeeded',
      objectId: payment.paymentId,
      state: 'handled',
      handlers: expect.arrayContaining([
        { handler: 'mail', state: 'done', tries: 0, error: null },
        { handler: 'Broker.publish', state: 'done', tries: 0, error: null },
      ]),
    });
  });

  it('is done for a failure, and for a create that the gateway refused', async () => {
    const declined = await settled('decline');
    const refused = await aRefused(shop, process);
    await process.workOff();
    expect(
      process.mail.told
        .map(({ outcome: { requestId, outcome, reason, paymentId } }) => ({
          requestId,
          outcome,
          reason,
          paymentId,
        }))
        .toSorted((one) => (one.requestId === declined.requestId ? -1 : 1)),
    ).toEqual([
      {
        requestId: declined.requestId,
        outcome: 'failed',
        reason: null,
        paymentId: declined.paymentId,
      },
      { requestId: refused, outcome: 'failed', reason: 'rejected', paymentId: null },
    ]);
    expect((await followUps()).map(({ type }) => type)).toEqual([
      'after.payment.failed',
      'after.payment.failed',
    ]);
  });

  it('goes with the outcome when its transaction is rolled back', async () => {
    process.app.get(Ledger).failures = 1;
    const payment = await aDecided(shop, process);
    await process.tracker.check(payment.requestId).catch(() => undefined);
    expect(await followUps()).toEqual([]);
    expect(await shop.storage.lines()).toEqual([]);
    await process.workOff();
    await process.tracker.check(payment.requestId);
    await process.workOff();
    expect(await shop.storage.lines()).toEqual(['succeeded']);
    expect(process.mail.told).toHaveLength(1);
  });

  it('is left alone for as long as another process may be at it', async () => {
    await settled();
    const { id } = await only();
    expect(await store(process).inbox.claim({ account: 'default', id }, 3_600_000)).toBeDefined();
    const other = await shop.boot();
    await other.workOff();
    expect(other.mail.told).toEqual([]);
    expect(await only()).toMatchObject({ state: 'open' });
  });

  it('is taken up by the next process when the one that had it is gone', async () => {
    await settled();
    const { id } = await only();
    const { inbox } = store(process);
    // What a process leaves that is killed in the middle, and then its lease runs out.
    expect(await inbox.claim({ account: 'default', id }, 1)).toBeDefined();
    while (!(await inbox.due('default', 10)).includes(id)) await sleep(1);
    const other = await shop.boot();
    await other.workOff();
    expect(other.mail.told).toMatchObject([{ id, attempt: 1 }]);
    expect(await only()).toMatchObject({ state: 'handled' });
  });

  it('runs a failing handler again and leaves the other alone, until it is parked and replayed', async () => {
    const parking = await shop.boot({ tracking: { inbox: { maxTries: 3 } } });
    parking.mail.act = () => {
      throw new Error('the mail server refuses 4111 1111 1111 1111');
    };
    const payment = await settled();
    for (let round = 0; round < 5; round += 1) {
      await sleep(10);
      await parking.workOff();
    }
    expect(parking.mail.told.map(({ attempt }) => attempt)).toEqual([1, 2, 3]);
    expect(new Set(parking.mail.told.map(({ id }) => id)).size).toBe(1);
    expect(parking.app.get(Broker).told).toHaveLength(1);
    const [parked] = await parking.inbox.list({ state: 'failed' });
    expect(parked).toMatchObject({ objectId: payment.paymentId, nextTryAt: null });
    expect(parked?.handlers.find(({ handler }) => handler === 'mail')).toMatchObject({
      state: 'failed',
      tries: 3,
      error: expect.not.stringContaining('4111'),
    });
    expect(await parking.inbox.counts()).toMatchObject({ open: 0, failed: 1 });
    expect(shop.log.text).toContain('mail failed at after.payment.succeeded after-');

    expect(await process.inbox.replay(parked?.id ?? '')).toBe(true);
    await process.workOff();
    expect(process.mail.told).toMatchObject([{ id: parked?.id, attempt: 1 }]);
    expect(process.app.get(Broker).told).toEqual([]);
    expect(await only()).toMatchObject({ state: 'handled' });
  });

  it('commits what a handler writes with its progress, exactly once', async () => {
    process.mail.act = (_outcome, delivery) =>
      delivery.commit(async (tx) => {
        await shop.storage.write(tx, `receipt ${process.mail.told.length}`);
        if (process.mail.told.length === 1) throw new Error('after the write');
      });
    await settled();
    for (let round = 0; round < 3; round += 1) {
      await sleep(10);
      await process.workOff();
    }
    expect(process.mail.told).toHaveLength(2);
    expect(await shop.storage.lines()).toEqual(['succeeded', 'receipt 2']);
  });

  it('is left, with the outcome, by a process that lacks the handler', async () => {
    await settled();
    const lacking = await shop.boot({ providers: [Ledger, Ears] });
    const receiving = await shop.boot({ tracking: { work: false } });
    await lacking.workOff();
    await receiving.workOff();
    expect(await only()).toMatchObject({ state: 'open', handlers: [] });
    const refused = await aRefused(shop, receiving);
    expect(await receiving.tracker.get(refused)).toMatchObject({ state: 'created' });
    expect(await followUps()).toHaveLength(1);
    await process.workOff();
    await process.tracker.sweep();
    await process.workOff();
    expect(process.mail.told.map(({ outcome: { outcome } }) => outcome)).toEqual([
      'succeeded',
      'failed',
    ]);
    expect(receiving.mail.told).toEqual([]);
  });

  it('cannot be brought by a webhook, whatever its body says', async () => {
    await settled();
    const { id } = await only();
    const body = (await process.inbox.payload(id)) ?? Buffer.alloc(0);
    const sent = JSON.parse(body.toString());
    const deliver = async (raw: Record<string, unknown>) => {
      const signed = signWebhook({ raw }, WEBHOOK_SECRET);
      const receipt = await process.inbox.receive(
        signed.body,
        signed.headers['x-glomopay-signature'],
      );
      expect(receipt).toEqual({
        id: createHash('sha256').update(signed.body).digest('hex'),
        duplicate: false,
      });
      return receipt.id;
    };
    await process.workOff();
    expect(process.mail.told).toHaveLength(1);
    const plain = await deliver(sent);
    const dressed = await deliver({
      ...sent,
      entity_type: 'after',
      event_type: 'payment.succeeded',
      data: { id: 'payt_1' },
    });
    await process.workOff();
    expect(await process.inbox.find(plain)).toMatchObject({ state: 'failed', type: null });
    expect(await process.inbox.find(dressed)).toMatchObject({
      state: 'handled',
      type: 'after.payment.succeeded',
      handlers: [{ handler: 'Ears.hear' }],
    });
    expect(process.mail.told).toHaveLength(1);
    expect(process.app.get(Ears).heard).toEqual(['after.payment.succeeded']);
  });

  it('is parked when what stands under its id is not what was recorded', async () => {
    await settled();
    const { id } = await only();
    const body = (await process.inbox.payload(id)) ?? Buffer.alloc(0);
    const { inbox } = store(process);
    const strange = [
      ['after-' + 'a'.repeat(64), body],
      ['after-' + 'b'.repeat(64), Buffer.from('{')],
      ['after-' + 'c'.repeat(64), Buffer.from('[]')],
    ] as const;
    for (const [otherId, content] of strange) {
      await inbox.insert({ account: 'default', id: otherId, body: content });
    }
    await process.workOff();
    expect(process.mail.told).toHaveLength(1);
    for (const [otherId] of strange) {
      expect(await process.inbox.find(otherId)).toMatchObject({
        state: 'failed',
        reason: 'it is no outcome that was recorded under this id',
      });
    }
  });

  it('is purged when it is done, and kept while it is open', async () => {
    await settled();
    await process.workOff();
    process.mail.act = () => {
      throw new Error('no');
    };
    const waiting = await settled();
    await process.workOff();
    const later = new Date(Date.now() + 60_000);
    expect(await process.inbox.purge(later)).toBe(1);
    const left = (await followUps()).filter(({ state }) => state === 'open');
    expect(left).toMatchObject([{ objectId: waiting.paymentId }]);
    expect(await process.inbox.payload(left[0]?.id ?? '')).toBeInstanceOf(Buffer);
    process.mail.act = () => undefined;
    await sleep(10);
    await process.workOff();
    expect(process.mail.told.at(-1)?.outcome.paymentId).toBe(waiting.paymentId);
  });

  it('contains nothing of the card', async () => {
    await settled();
    await aRefused(shop, process);
    for (const { id } of await followUps()) {
      const body = String(await process.inbox.payload(id));
      expect(body).toContain('"outcome"');
      expect(body).not.toMatch(/4111111111111111|4000000000000002|cvv|"123"/i);
    }
    expect(await followUps()).toHaveLength(2);
  });

  it('says at boot who does it', () => {
    expect(shop.log.text).toMatch(
      /follow-ups of payment outcomes go to (?:mail, Broker\.publish|Broker\.publish, mail)/,
    );
  });
});

describe.each(storages)('What follows an outcome, on %s that nobody knows', (_name, open) => {
  let shop: AfterShop;
  beforeEach(async () => {
    shop = await anAfterShop(open);
  });
  afterEach(() => shop.close());

  it('is not written down where nobody waits for it, and whoever joins hears of later ones', async () => {
    const plain = await shop.boot({ providers: [Ledger] });
    const { requestId } = await aDecided(shop, plain);
    expect(await plain.tracker.check(requestId)).toMatchObject({ state: 'succeeded' });
    expect(await plain.inbox.list()).toEqual([]);
    const late = await shop.boot();
    await late.workOff();
    expect(late.mail.told).toEqual([]);
    await late.tracker.check((await aDecided(shop, late)).requestId);
    await late.workOff();
    expect(late.mail.told).toHaveLength(1);
  });

  it('is told to a handler that joins before it is done', async () => {
    const first = await shop.boot({ providers: [Broker, Ledger] });
    const { requestId } = await aDecided(shop, first);
    await first.tracker.check(requestId);
    const late = await shop.boot();
    await late.workOff();
    expect(late.mail.told).toMatchObject([{ outcome: { requestId } }]);
    expect(late.app.get(Broker).told).toEqual([requestId]);
  });
});
