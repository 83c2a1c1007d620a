import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MemoryTrackingStore } from 'nestjs-glomopay';
import { FastClock } from '../support/library/fast-clock.js';
import { memoryStorage } from '../support/storages.js';
import { aDecided, type AfterShop, anAfterShop, Broker, type ShopProcess } from './after-shop.js';

const MINUTE_MS = 60_000;

describe('What follows an outcome, by a clock of its own', () => {
  let shop: AfterShop;
  let process: ShopProcess;
  let clock: FastClock;
  let store: MemoryTrackingStore;
  beforeEach(async () => {
    clock = new FastClock(() => 1);
    store = new MemoryTrackingStore(clock);
    shop = await anAfterShop(() => memoryStorage(store));
    process = await shop.boot({
      clock,
      tracking: { inbox: { retryBaseMs: MINUTE_MS, retryMaxMs: 4 * MINUTE_MS, maxTries: 5 } },
    });
  });
  afterEach(() => shop.close());

  const settled = async () => {
    const payment = await aDecided(shop, process);
    await process.tracker.check(payment.requestId);
    return payment;
  };

  it('is tried again after pauses that double up to the longest, and parked after the last', async () => {
    process.mail.act = () => {
      throw new Error('no');
    };
    await settled();
    const minutes: number[] = [];
    for (let minute = 0; minute <= 30; minute += 1) {
      const before = process.mail.told.length;
      await process.workOff();
      if (process.mail.told.length > before) minutes.push(minute);
      await clock.sleep(MINUTE_MS);
    }
    // A base of one minute: 1, 2, 4, and 4 again.
    expect(minutes).toEqual([0, 1, 3, 7, 11]);
    expect(process.app.get(Broker).told).toHaveLength(1);
    expect(await process.inbox.counts()).toMatchObject({ open: 0, failed: 1 });
  });

  it('is done again, under the same id and number, when a handler has ended and its process with it', async () => {
    jest.spyOn(store.inbox, 'conclude').mockRejectedValueOnce(new Error('the process is gone'));
    await settled();
    await process.workOff().catch(() => undefined);
    await process.workOff();
    expect(process.mail.told).toHaveLength(1);
    await clock.sleep(2 * MINUTE_MS);
    await process.workOff();
    const [first, second] = process.mail.told;
    expect(process.mail.told).toHaveLength(2);
    expect(second).toEqual(first);
    expect(second?.attempt).toBe(1);
    expect(await process.inbox.list()).toMatchObject([{ state: 'handled' }]);
  });

  it('that was committed is not done again, though its process is gone', async () => {
    process.mail.act = (_outcome, delivery) =>
      delivery.commit((tx) => shop.storage.write(tx, 'receipt'));
    jest.spyOn(store.inbox, 'conclude').mockRejectedValueOnce(new Error('the process is gone'));
    await settled();
    await process.workOff().catch(() => undefined);
    await clock.sleep(2 * MINUTE_MS);
    await process.workOff();
    expect(process.mail.told).toHaveLength(1);
    expect(await shop.storage.lines()).toEqual(['succeeded', 'receipt']);
  });
});
