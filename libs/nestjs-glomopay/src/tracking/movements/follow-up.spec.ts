import { describe, expect, it } from '@jest/globals';
import { aPaymentRecord } from '../../../test/tracked-payments.js';
import type { AfterHandlers } from '../handlers/after-handlers.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import type { Audience } from './audience.js';
import { followUpId, followUpOf, readFollowUp, recordAfter } from './follow-up.js';

const outcome = { outcome: 'succeeded', amount: 1_000, utr: null };

/** Refunds, as far as what follows them goes. */
function refunds(names: readonly string[] = ['mail']): Audience {
  const followers: Pick<AfterHandlers, 'about' | 'names'> = { about: 'refund', names: () => names };
  const audience: Partial<Audience> = {
    followers: followers as AfterHandlers,
    outcomeOf: ({ state }) => (state === 'succeeded' ? outcome : undefined),
  };
  return audience as Audience;
}

const aRefund = (over: Partial<TrackedRecord> = {}) =>
  aPaymentRecord({ kind: 'refund', state: 'succeeded', objectId: 'rfnd_1', version: 3, ...over });

describe('followUpOf', () => {
  it('is read as it was written, under an id of its own', () => {
    const event = followUpOf(refunds(), aRefund());
    expect(event).toMatchObject({
      account: 'default',
      id: expect.stringMatching(/^after-[0-9a-f]{64}$/),
    });
    expect(event && readFollowUp(event)).toEqual({
      type: 'after.refund.succeeded',
      objectId: 'rfnd_1',
      kind: 'refund',
      requestId: 'request-1',
      version: 3,
      outcome,
    });
  });

  it('is nothing where nobody waits for it, or the record has no outcome for anybody', () => {
    expect(followUpOf(refunds([]), aRefund())).toBeUndefined();
    expect(followUpOf(refunds(), aRefund({ state: 'failed' }))).toBeUndefined();
  });

  it('has an id that depends on whose outcome it is, and on nothing else', () => {
    const ids = [
      aRefund(),
      aRefund({ account: 'emea' }),
      aRefund({ kind: 'payment' }),
      aRefund({ requestId: 'request-2' }),
      aRefund({ version: 4 }),
    ].map(followUpId);
    expect(new Set(ids).size).toBe(5);
    expect(followUpId(aRefund({ objectId: 'rfnd_2', updatedAt: new Date(1) }))).toBe(ids[0]);
  });
});

describe('readFollowUp', () => {
  const event = followUpOf(refunds(), aRefund());
  if (event === undefined) throw new Error('Nothing follows');
  const spoiled = (change: object) => {
    const body = Buffer.from(JSON.stringify({ ...JSON.parse(event.body.toString()), ...change }));
    return readFollowUp({ ...event, body });
  };

  it.each([
    { requestId: 'request-2' },
    { version: 4 },
    { kind: 'payment' },
    { version: '3' },
    { type: null },
    { objectId: 7 },
    { outcome: null },
    { outcome: [] },
  ])('does not take a body with %j', (change) => {
    expect(spoiled(change)).toBeUndefined();
  });

  it('does not take what belongs to another account, nor what is no JSON object', () => {
    expect(readFollowUp({ ...event, account: 'emea' })).toBeUndefined();
    for (const text of ['', '{', 'null', '[]', '7']) {
      expect(readFollowUp({ ...event, body: Buffer.from(text) })).toBeUndefined();
    }
  });
});

describe('recordAfter', () => {
  it('is the record as the store is about to write it', () => {
    const before = aPaymentRecord({ version: 2 });
    expect(recordAfter(before, { state: 'failed', errorDescription: 'no\0' })).toEqual({
      ...before,
      state: 'failed',
      errorDescription: 'no\uFFFD',
      version: 3,
    });
  });
});
