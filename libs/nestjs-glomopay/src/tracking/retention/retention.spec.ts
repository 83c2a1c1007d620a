import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { aKey, anIntent, aSettlement } from '../../testing/contract/harness.js';
import { anEvent, concluded } from '../../testing/contract/inbox-harness.js';
import { systemClock } from '../../config/clock.js';
import { trackingConfig } from '../config/tracking-options.js';
import type { RetentionOptions } from '../config/retention-options.js';
import { MemoryTrackingStore } from '../store/memory/memory-tracking-store.js';
import { witnesses } from '../store/history-line.js';
import { Retention } from './retention.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

describe('Retention', () => {
  let now = 1_800_000_000_000;
  const clock = { ...systemClock, now: () => now, date: () => now, random: () => 0.5 };
  let store = new MemoryTrackingStore(clock);
  const told: unknown[] = [];
  const log = jest.spyOn(Logger.prototype, 'log');
  const listen = (message: unknown) => void told.push(message);

  beforeEach(() => {
    store = new MemoryTrackingStore(clock);
    log.mockReset().mockImplementation(() => undefined);
    subscribe('nestjs-glomopay:retention', listen);
  });
  afterEach(() => {
    unsubscribe('nestjs-glomopay:retention', listen);
    told.length = 0;
  });

  const retentionOf = (retention: RetentionOptions = {}) =>
    new Retention(trackingConfig({ store, retention }, 'default'), store, clock);
  const left = async () =>
    (await store.inbox.list('default', { limit: 1_000 })).map(({ state }) => state).toSorted();

  it('forgets what was handled when it is as old as it may be, and nothing that waits', async () => {
    await concluded(store.inbox, anEvent('handled'));
    await concluded(store.inbox, anEvent('parked'), { state: 'failed' });
    await store.inbox.insert(anEvent('open'));
    const retention = retentionOf({ eventsDays: 30 });
    now += 30 * DAY_MS;
    await retention.tidy();
    expect(await left()).toEqual(['failed', 'handled', 'open']);
    expect(log).not.toHaveBeenCalled();
    now += HOUR_MS;
    await retention.tidy();
    expect(await left()).toEqual(['failed', 'open']);
    expect(log.mock.calls.flat()).toEqual([
      'default: forgot 1 events, 0 histories and 0 keys of events, as old as the retention says',
    ]);
    expect(told).toEqual([{ account: 'default', events: 1, histories: 0, keys: 0, durationMs: 0 }]);
    expect(await store.inbox.insert(anEvent('handled'))).toBe(false);
  });

  it('forgets the keys of what it has forgotten 90 days later, or as it is told', async () => {
    for (const [options, kept] of [
      [{ eventsDays: 30 }, 120],
      [{ eventsDays: 7, keysDays: 12 }, 12],
    ] as const) {
      const retention = retentionOf(options);
      const event = anEvent(`after ${kept}`);
      await concluded(store.inbox, event);
      now += kept * DAY_MS;
      await retention.tidy();
      expect(await store.inbox.find(event)).toBeUndefined();
      expect(await store.inbox.insert(event)).toBe(false);
      now += 2 * HOUR_MS;
      await retention.tidy();
      expect(await store.inbox.insert(event)).toBe(true);
    }
  });

  it('forgets histories of what has ended, and no record', async () => {
    for (const [requestId, state] of [
      ['ended', 'failed'],
      ['open', 'attempted'],
      ['odd', 'needs_attention'],
    ] as const) {
      await store.insert(anIntent({ requestId, subjectId: requestId }), HOUR_MS);
      await store.settle(aKey(requestId), aSettlement({ state }, { witness: witnesses.check }));
    }
    now += 366 * DAY_MS;
    await retentionOf({ historyDays: 365 }).tidy();
    const lines = await Promise.all(
      ['ended', 'open', 'odd'].map(async (id) => (await store.history(aKey(id))).length),
    );
    expect(lines).toEqual([0, 1, 1]);
    expect(await store.find(aKey('ended'))).toMatchObject({ state: 'failed' });
    expect(told).toMatchObject([{ events: 0, histories: 1, keys: 0 }]);
  });

  it('forgets nothing unless it is told to', async () => {
    await concluded(store.inbox, anEvent('handled'));
    now += 10_000 * DAY_MS;
    await retentionOf().tidy();
    expect(await left()).toEqual(['handled']);
  });

  it('runs about once an hour, and goes on at once where the time was over first', async () => {
    const purge = jest.spyOn(store.inbox, 'purge').mockImplementation(async () => {
      now += 20_000;
      return purge.mock.calls.length < 5 ? 2_000 : 1_999;
    });
    const retention = retentionOf({ eventsDays: 30 });
    await Promise.all([retention.tidy(), retention.tidy()]);
    expect(purge).toHaveBeenCalledTimes(2);
    await retention.tidy();
    expect(purge).toHaveBeenCalledTimes(4);
    await retention.tidy();
    expect(purge).toHaveBeenCalledTimes(5);
    await retention.tidy();
    expect(purge).toHaveBeenCalledTimes(5);
    expect(purge.mock.calls[0]?.[2]).toEqual({ states: ['handled'], atMost: 2_000 });
    now += 1.2 * HOUR_MS;
    await retention.tidy();
    expect(purge).toHaveBeenCalledTimes(6);
  });

  it('ends soon when it is told to, and says what the store has failed with', async () => {
    const purge = jest.spyOn(store.inbox, 'purge');
    const retention = retentionOf({ eventsDays: 30 });
    purge.mockRejectedValueOnce(new Error('no database'));
    await expect(retention.tidy()).rejects.toThrow('no database');
    now += 2 * HOUR_MS;
    purge.mockImplementation(async () => {
      retention.stop();
      return 2_000;
    });
    await retention.tidy();
    expect(purge).toHaveBeenCalledTimes(2);
    now += 2 * HOUR_MS;
    await retention.tidy();
    expect(purge).toHaveBeenCalledTimes(2);
  });

  it.each([
    [{ eventsDays: 0 }, 'retention.eventsDays must be a whole number from 1 to 36500'],
    [{ eventsDays: 1.5 }, 'retention.eventsDays must be a whole number'],
    [{ historyDays: -1 }, 'retention.historyDays must be a whole number'],
    [{ eventsDays: 30, keysDays: 34 }, 'retention.keysDays must be a whole number from 35 to'],
    [{ keysDays: 90 }, 'retention.keysDays needs retention.eventsDays'],
    [{ events: 30 }, 'retention has an option that does not exist'],
    ['30d', 'retention must be an object'],
  ])('refuses %p', (retention, words) => {
    expect(() => trackingConfig({ store, retention }, 'default')).toThrow(words);
  });
});
