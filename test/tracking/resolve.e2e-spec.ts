import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  PaymentTracker,
  TrackedMovements,
  type TrackedChange,
  type TrackedIntent,
} from 'nestjs-glomopay';
import { verifiedCallback } from 'nestjs-glomopay/testing';
import { until } from '../support/until.js';
import { isPostgresThere } from '../../libs/nestjs-glomopay/test/postgres-schema.js';
import {
  aClosingDesk,
  Heard,
  inMemory,
  inPostgres,
  inSqlite,
  type ClosingDesk,
} from './closing-desk.js';
import { aPaymentOf } from './tracked-shop.js';

const usd = { amount: 1_000, currency: 'USD' };
const asha = { note: 'the bank has confirmed it', by: 'asha' };
const ways = ['acknowledged', 'succeeded', 'failed', 'refunded'] as const;
const databases = [
  ['memory', inMemory] as const,
  ['SQLite', inSqlite] as const,
  ...((await isPostgresThere()) ? [['Postgres', inPostgres] as const] : []),
];

describe.each(databases)('Closing by a person, in %s', (_, open) => {
  let desk: ClosingDesk;
  beforeEach(async () => {
    desk = await aClosingDesk(open);
  });
  afterEach(() => desk.close());

  const lost: TrackedChange = { state: 'needs_attention', reason: 'no_outcome' };
  const all = ways;
  const asStands = ['acknowledged', 'outcome_stands', 'outcome_stands', 'refunded'];
  const asStray = ['acknowledged', 'not_asked_for', 'not_asked_for', 'refunded'];
  const never = (word: string) => [word, word, word, word];
  const rows: readonly (readonly [TrackedChange, readonly string[], string?])[] = [
    [lost, all],
    [{ state: 'needs_attention', reason: 'ambiguous' }, all],
    [{ state: 'needs_attention', reason: 'handler_failed' }, all],
    [{ state: 'needs_attention', reason: 'duplicate_charge', objectId: 'payt_%' }, all],
    [{ state: 'mismatch', reason: 'amount_differs', objectId: 'payt_%' }, all],
    [{ state: 'succeeded', reason: 'terminal_conflict', objectId: 'payt_%' }, asStands],
    [{ state: 'failed', reason: 'arrived_late', objectId: 'payt_%' }, asStands],
    [{ state: 'failed', reason: 'charged_late', objectId: 'payt_%' }, asStands],
    [{ state: 'needs_attention', reason: 'unexpected_success' }, asStray, 'stray:payt_'],
    [{ reason: 'rejected' }, never('open')],
    [{ state: 'attempted', objectId: 'payt_%' }, never('open')],
    [{ state: 'succeeded', objectId: 'payt_%' }, never('needs_nobody')],
    [{ state: 'failed', reason: 'never_arrived' }, never('needs_nobody')],
    [
      { ...lost, resolution: 'acknowledged', resolvedBy: 'a', resolutionNote: 'b' },
      never('resolved'),
    ],
  ];

  it.each(rows)('of %j is answered %j', async (change, answers, prefix = 'case-') => {
    for (const [at, as] of ways.entries()) {
      const requestId = `${prefix}${as}`;
      const objectId = change.objectId === undefined ? {} : { objectId: `payt_${as}` };
      const record = await desk.put({ ...change, ...objectId }, { requestId });
      const told = await desk.tracker.resolve(requestId, { as, ...asha }).then(
        (payment) => payment?.resolution,
        (thrown: { fault?: string }) => thrown.fault,
      );
      expect(told).toBe(answers[at]);
      const now = await desk.movements.get(record);
      const settles = told === 'succeeded' || told === 'failed';
      if (told === as) expect(now).toMatchObject({ resolution: as, resolvedBy: 'asha' });
      else expect(now).toEqual(record);
      expect(now?.state).toBe(settles ? as : record.state);
    }
    const settled = answers.filter((told) => told === 'succeeded' || told === 'failed');
    expect(await desk.lines()).toEqual(settled.map((as) => `${prefix}${as} ${as}`));
  });

  it.each(['succeeded', 'failed'] as const)(
    'has handlers hear of %s once, as by hand',
    async (as) => {
      const { requestId } = await desk.put(lost);
      const closed = await desk.tracker.resolve(requestId, { as, ...asha });
      expect(closed).toMatchObject({ state: as, reason: null, resolution: as, resolvedBy: 'asha' });
      expect(desk.heard.outcomes).toMatchObject([
        { outcome: as, requestId, byHand: true, reason: null },
      ]);
      expect(await desk.lines()).toEqual([`${requestId} ${as}`]);
    },
  );

  it('is in the history: who, and what was noted', async () => {
    const record = await desk.put(lost);
    await desk.movements.resolve(record, { as: 'failed', ...asha });
    expect(await desk.tracker.history(record.requestId)).toMatchObject([
      { from: null, to: 'created', witness: { kind: 'request' } },
      { from: 'created', to: 'needs_attention', reason: 'no_outcome', note: null },
      {
        from: 'needs_attention',
        to: 'failed',
        reason: null,
        witness: { kind: 'person', id: 'asha' },
        note: 'the bank has confirmed it',
      },
    ]);
  });

  it('writes nothing when a handler throws, and can be done again', async () => {
    const record = await desk.put(lost);
    desk.heard.failures = 1;
    const close = () => desk.movements.resolve(record, { as: 'succeeded', ...asha });
    await expect(close()).rejects.toThrow('out of order');
    expect(await desk.movements.get(record)).toEqual(record);
    expect(await desk.lines()).toEqual([]);
    expect(await desk.movements.history(record)).toHaveLength(2);
    expect(await close()).toMatchObject({ state: 'succeeded' });
    expect(await desk.lines()).toHaveLength(1);
  });

  it('is won by one of twenty on two stores, and the others are told of whom', async () => {
    const other = (await desk.another()).get(TrackedMovements);
    const record = await desk.put(lost);
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (__, at) =>
        (at % 2 === 0 ? desk.movements : other).resolve(record, {
          as: ways[at % 4] ?? 'failed',
          note: `number ${at}`,
          by: `person ${at}`,
        }),
      ),
    );
    const won = answers.filter((answer) => answer.status === 'fulfilled');
    expect(won).toHaveLength(1);
    const standing = await desk.movements.get(record);
    expect(won[0]?.value).toEqual(standing);
    for (const answer of answers) {
      if (answer.status === 'fulfilled') continue;
      expect(answer.reason).toMatchObject({
        code: 'GLOMOPAY_NOT_RESOLVABLE',
        fault: 'resolved',
        resolution: standing?.resolution,
        resolvedBy: standing?.resolvedBy,
        state: standing?.state,
      });
    }
    const settles = standing?.state !== 'needs_attention';
    expect(await desk.lines()).toHaveLength(settles ? 1 : 0);
    const byPersons = (await desk.movements.history(record)).filter(
      ({ witness }) => witness.kind === 'person',
    );
    expect(byPersons).toMatchObject([{ witness: { id: standing?.resolvedBy } }]);
  });

  it('lets one record of an order be a success by hand, however many are closed at once', async () => {
    const other = (await desk.another()).get(TrackedMovements);
    const subject = { subjectId: 'order_of_both' };
    const records = [await desk.put(lost, subject), await desk.put(lost, subject)];
    const faults = await Promise.all(
      records.map((record, at) =>
        (at === 0 ? desk.movements : other).resolve(record, { as: 'succeeded', ...asha }).then(
          () => 'closed',
          (thrown: { fault?: string }) => thrown.fault,
        ),
      ),
    );
    expect(faults.toSorted()).toEqual(['closed', 'paid_already']);
    expect(await desk.lines()).toHaveLength(1);
    const subscription = { subjectId: 'sub_1', exclusive: false };
    for (const record of [await desk.put(lost, subscription), await desk.put(lost, subscription)]) {
      expect(await desk.movements.resolve(record, { as: 'succeeded', ...asha })).toMatchObject({
        state: 'succeeded',
      });
    }
  });

  it('lets a later witness bring the outcome of what was acknowledged, once', async () => {
    const orderId = await desk.anOrder();
    const { payment } = await desk.tracker.pay(aPaymentOf(orderId), usd);
    await desk.store.settle(
      { account: 'default', kind: 'payment', requestId: payment.requestId },
      { decide: () => lost, effect: async () => undefined, nextCheckMs: 0 },
    );
    await desk.tracker.resolve(payment.requestId, { as: 'acknowledged', ...asha });
    const other = (await desk.another()).get(PaymentTracker);
    expect(await other.check(payment.requestId)).toMatchObject({
      gatewayStatus: 'in_progress',
      resolution: 'acknowledged',
    });
    desk.sandbox.completePayment(String(payment.paymentId), 'approve');
    const paid = { state: 'succeeded', resolution: null, resolvedBy: null, resolutionNote: null };
    expect(await desk.tracker.check(payment.requestId)).toMatchObject(paid);
    expect(await desk.tracker.check(payment.requestId)).toMatchObject(paid);
    expect(desk.heard.outcomes).toMatchObject([{ outcome: 'succeeded', byHand: false }]);
    expect(await desk.lines()).toHaveLength(1);
  });

  it('has a person look again when the gateway contradicts what was settled by hand', async () => {
    const orderId = await desk.anOrder();
    const { payment } = await desk.tracker.pay(aPaymentOf(orderId), usd);
    const { requestId, paymentId } = payment;
    await desk.store.settle(
      { account: 'default', kind: 'payment', requestId },
      { decide: () => lost, effect: async () => undefined, nextCheckMs: 0 },
    );
    await desk.tracker.resolve(requestId, { as: 'failed', ...asha });
    desk.sandbox.completePayment(String(paymentId), 'approve');
    const callback = verifiedCallback({ orderId, paymentId: String(paymentId), status: 'success' });
    expect(await desk.tracker.confirm(callback)).toMatchObject({
      state: 'failed',
      reason: 'terminal_conflict',
      resolution: null,
    });
    expect(await desk.movements.counts()).toEqual({ needsAttention: 1, open: 0 });
    expect(desk.log.text).toContain('needs a person: failed, terminal_conflict');
    await desk.tracker.resolve(requestId, { as: 'acknowledged', ...asha });
    expect(await desk.movements.counts()).toEqual({ needsAttention: 0, open: 0 });
    expect(await desk.lines()).toEqual([`${requestId} failed`]);
  });

  it('takes a record off the list and the count of what needs a person', async () => {
    const record = await desk.put(lost);
    expect(await desk.movements.needingAttention(10)).toEqual([record]);
    await desk.movements.resolve(record, { as: 'acknowledged', ...asha });
    expect(await desk.movements.needingAttention(10)).toEqual([]);
    expect(await desk.tracker.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it('leaves histories of what is open or needs a person, and those that are young', async () => {
    const attempted = await desk.put({ state: 'attempted' });
    const needy = await desk.put(lost);
    const closed = await desk.put(lost);
    await desk.movements.resolve(closed, { as: 'refunded', ...asha });
    expect(await desk.tracker.purge({ before: new Date(Date.now() - 60_000) })).toBe(0);
    expect(await desk.tracker.purge({ before: new Date(Date.now() + 60_000) })).toBe(1);
    expect(await desk.tracker.history(attempted.requestId)).toHaveLength(2);
    expect(await desk.tracker.history(needy.requestId)).toHaveLength(2);
    expect(await desk.tracker.history(closed.requestId)).toHaveLength(1);
    expect(await desk.tracker.get(closed.requestId)).toMatchObject({ resolution: 'refunded' });
    expect(await desk.tracker.purge(new Date(Date.now() + 60_000))).toBe(0);
    await expect(desk.tracker.purge({ before: new Date('never') })).rejects.toThrow(RangeError);
    await expect(desk.movements.purge({ before: new Date('never') })).rejects.toThrow(RangeError);
  });

  it('knows no movement, no kind and no key that is not there', async () => {
    const nobody = { kind: 'payment', requestId: 'nobody' } as const;
    expect(await desk.movements.resolve(nobody, { as: 'failed', ...asha })).toBeUndefined();
    expect(await desk.tracker.resolve('nobody', { as: 'failed', ...asha })).toBeUndefined();
    expect(await desk.tracker.history('nobody')).toEqual([]);
    const refund = await desk.put(lost, { kind: 'refund', requestId: 'refund-1' });
    const asAPayment = desk.tracker.resolve(refund as never, { as: 'failed', ...asha });
    await expect(asAPayment).rejects.toMatchObject({ code: 'GLOMOPAY_VALIDATION' });
    expect(await desk.movements.get(refund)).toEqual(refund);
  });
});

describe('What a person says', () => {
  let desk: ClosingDesk;
  beforeEach(async () => {
    desk = await aClosingDesk(inSqlite);
  });
  afterEach(() => desk.close());
  const lost: TrackedChange = { state: 'needs_attention', reason: 'no_outcome' };

  it.each([
    ['as', { as: 'paid' }, 'isIn'],
    ['as', { as: undefined }, 'isIn'],
    ['note', { note: '' }, 'isNotEmpty'],
    ['note', { note: ' \n ' }, 'isNotEmpty'],
    ['note', { note: undefined }, 'isNotEmpty'],
    ['note', { note: 'x'.repeat(1_001) }, 'maxLength'],
    ['note', { note: 'a\0b' }, 'isStorable'],
    ['note', { note: 'a\uD800b' }, 'isStorable'],
    ['note', { note: 'his card is 4111 1111 1111 1111' }, 'isNoSecret'],
    ['by', { by: '' }, 'isNotEmpty'],
    ['by', { by: 'x'.repeat(101) }, 'maxLength'],
    ['by', { by: 'asha\nroot' }, 'isLine'],
    ['by', { by: '4000000000000002' }, 'isNoSecret'],
  ])('is refused for its %s: %j', async (path, over, rule) => {
    const record = await desk.put(lost);
    const given = { as: 'failed', ...asha, ...over } as never;
    const thrown = await desk.movements.resolve(record, given).catch((error: unknown) => error);
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
      violations: expect.arrayContaining([expect.objectContaining({ path, rule })]),
    });
    expect(JSON.stringify(thrown)).not.toMatch(/4111|4000/);
    expect(await desk.movements.get(record)).toEqual(record);
    expect(await desk.movements.history(record)).toHaveLength(2);
  });

  it('is kept as it was said, up to its longest', async () => {
    const note = 'n'.repeat(1_000);
    const by = 'é'.repeat(100);
    const record = await desk.put(lost);
    expect(await desk.movements.resolve(record, { as: 'refunded', note, by })).toMatchObject({
      resolutionNote: note,
      resolvedBy: by,
    });
  });
});

describe('A process that may not conclude', () => {
  let desk: ClosingDesk;
  beforeEach(async () => {
    desk = await aClosingDesk(inSqlite);
  });
  afterEach(() => desk.close());

  it.each([
    ['has no handlers', { providers: [] }],
    ['is told not to work', { tracking: { work: false } }],
  ])('and %s, settles nothing by hand, and may acknowledge', async (_, parts) => {
    const intent: Partial<TrackedIntent> = {};
    const change: TrackedChange = { state: 'needs_attention', reason: 'no_outcome' };
    const [first, second] = [await desk.put(change, intent), await desk.put(change, intent)];
    const api = (await desk.another(parts)).get(PaymentTracker);
    for (const as of ['succeeded', 'failed'] as const) {
      await expect(api.resolve(first.requestId, { as, ...asha })).rejects.toMatchObject({
        code: 'GLOMOPAY_NOT_RESOLVABLE',
        fault: 'left_to_others',
        state: 'needs_attention',
        resolution: null,
      });
    }
    expect(await desk.movements.get(first)).toEqual(first);
    expect(await api.resolve(second.requestId, { as: 'acknowledged', ...asha })).toMatchObject({
      resolution: 'acknowledged',
    });
    expect(await desk.tracker.resolve(first.requestId, { as: 'failed', ...asha })).toMatchObject({
      state: 'failed',
    });
    expect(desk.app.get(Heard).outcomes).toHaveLength(1);
  });

  it('opens what was acknowledged when it sees the outcome, for one that may', async () => {
    const orderId = await desk.anOrder();
    const { payment } = await desk.tracker.pay(aPaymentOf(orderId), usd);
    const { requestId } = payment;
    await desk.store.settle(
      { account: 'default', kind: 'payment', requestId },
      {
        decide: () => ({ state: 'needs_attention', reason: 'no_outcome' }),
        effect: async () => undefined,
        nextCheckMs: 0,
      },
    );
    await desk.tracker.resolve(requestId, { as: 'acknowledged', ...asha });
    desk.sandbox.completePayment(String(payment.paymentId), 'approve');
    const api = (await desk.another({ providers: [] })).get(PaymentTracker);
    const look = api.check(requestId);
    await until(async () => (await desk.tracker.get(requestId))?.state === 'attempted');
    expect(await desk.tracker.get(requestId)).toMatchObject({
      gatewayStatus: 'success',
      resolution: null,
    });
    expect(await desk.lines()).toEqual([]);
    expect(await desk.movements.sweep()).toMatchObject({ settled: 1 });
    expect(await look).toMatchObject({ state: 'succeeded', resolution: null });
    expect(await desk.lines()).toHaveLength(1);
  });
});
