import { expect } from '@jest/globals';
import { GlomopayNotResolvableError } from '../src/errors/not-resolvable.error.js';
import { anIntent, upTo } from '../src/testing/contract/harness.js';
import { isOutcome } from '../src/tracking/movements/closing.js';
import { followUpId } from '../src/tracking/movements/follow-up.js';
import { transition, type Observation } from '../src/tracking/movements/transition.js';
import { witnesses } from '../src/tracking/store/history-line.js';
import type { TrackedIntent, TrackedRecord } from '../src/tracking/store/tracked-record.js';
import type { Settlement, TrackingStore } from '../src/tracking/store/tracking-store.js';
import { aClosing, aLook } from './observations.js';

/** What rivals need of a database. */
export interface RivalsHost<Tx> {
  /** As several processes have them. */
  readonly stores: readonly TrackingStore<Tx>[];
  /** Has the transaction wait for so many seconds. */
  nap(tx: Tx, seconds: number): Promise<unknown>;
  /** Writes a line through the transaction. */
  write(tx: Tx, line: string): Promise<unknown>;
  lines(): Promise<readonly string[]>;
  /** Refunds that have succeeded after the third of their subject, without a person. */
  refundedTooMuch(): Promise<readonly unknown[]>;
  /** Rows of locks that nobody holds any more, where each settlement takes its own away. */
  locks?(): Promise<readonly unknown[]>;
}

class HandlerError extends Error {}

/** Whatever may come of one of the movements, good and bad. */
function anything({ kind, requestId }: TrackedIntent): Observation {
  const objectId = `${kind} ${requestId}`;
  const atMost = kind === 'refund' ? { amount: 1_000, currency: 'USD' } : undefined;
  return one<Observation>([
    aLook({ objectId, status: 'success', atMost }),
    aLook({ objectId, status: 'success', atMost, fundsAvailable: true }),
    aLook({ objectId, status: one(['failed', 'in_progress']) }),
    aLook({ objectId, status: 'success', difference: 'amount_differs' }),
    { kind: 'given_up', reason: 'no_outcome' },
    { kind: 'attempt', objectId },
    aClosing(one(['succeeded', 'failed', 'acknowledged', 'refunded'])),
  ]);
}

function bringsOutcome(before: TrackedRecord, after: TrackedRecord): boolean {
  return isOutcome(after.state) && !isOutcome(before.state);
}

/** Tells the host, takes its time, and fails now and then. */
function settlementBy<Tx>(host: RivalsHost<Tx>, observation: Observation): Settlement<Tx> {
  const isByHand = observation.kind === 'resolved';
  return {
    decide: (record, around) => transition(record, observation, around),
    async effect(before, after, tx) {
      if (Math.random() < 0.3) await host.nap(tx, Math.random() / 50);
      const line = `${after.kind} ${after.requestId} ${after.state}`;
      if (bringsOutcome(before, after)) await host.write(tx, line);
      if (Math.random() < 0.15) throw new HandlerError('the handler is out of order');
    },
    nextCheckMs: 0,
    witness: isByHand ? { kind: 'person', id: 'asha' } : witnesses.sweep,
    followUp(before, change) {
      const after = { ...before, ...change, version: before.version + 1 };
      if (!bringsOutcome(before, after)) return undefined;
      return { account: 'default', id: followUpId(after), body: Buffer.from(after.state) };
    },
  };
}

const movements: readonly TrackedIntent[] = upTo(4).flatMap((n) => {
  const order = { subjectId: `order_${n}` };
  const payment = { subjectId: `payt_${n}`, exclusive: false, amount: 300 };
  const named = (m: number) => ({ requestId: `${n}-${m}` });
  return [
    ...upTo(4).map((m) => anIntent({ ...order, ...named(m) })),
    ...upTo(2).map((m) => anIntent({ ...order, ...named(m), kind: 'collection' })),
    ...upTo(6).map((m) => anIntent({ ...payment, ...named(m), kind: 'refund' })),
  ];
});

async function settle<Tx>(host: RivalsHost<Tx>): Promise<void> {
  const movement = one(movements);
  const settled = one(host.stores).settle(movement, settlementBy(host, anything(movement)));
  await settled.catch((thrown: unknown) => {
    const isExpected =
      thrown instanceof HandlerError || thrown instanceof GlomopayNotResolvableError;
    if (!isExpected) throw thrown;
  });
}

/** Each outcome is told once, nothing is paid twice, and histories are whole. */
export async function rival<Tx>(host: RivalsHost<Tx>): Promise<void> {
  const { stores } = host;
  await Promise.all(movements.map((movement) => one(stores).insert(movement, 0)));
  const end = new AbortController();
  const besides = [
    () => one(stores).claimDue('default', 5, 1_000),
    () => one(stores).reschedule(one(movements), 0),
    () => one(stores).unwatch(one(movements)),
  ].map(async (work) => {
    while (!end.signal.aborted) await work();
  });
  for (let round = 0; round < 5; round += 1) await Promise.all(upTo(250).map(() => settle(host)));
  end.abort();
  await Promise.all(besides);

  const records = (
    await Promise.all(movements.map((movement) => one(stores).find(movement)))
  ).filter((record) => record !== undefined);
  const ended = records.filter(({ state }) => isOutcome(state));
  const told = ended.map(({ kind, requestId, state }) => `${kind} ${requestId} ${state}`);
  expect((await host.lines()).toSorted()).toEqual(told.toSorted());
  expect((await one(stores).inbox.counts('default')).open).toBe(ended.length);

  const paid = ended.filter(({ exclusive, state }) => exclusive && state === 'succeeded');
  expect(new Set(paid.map(({ subjectId }) => subjectId)).size).toBe(paid.length);

  for (const record of records) {
    const lines = await one(stores).history(record);
    expect(lines.map(({ version }) => version)).toEqual(upTo(record.version - 1).map((n) => n + 2));
    expect(lines.map(({ from }) => from)).toEqual(
      ['created', ...lines.map(({ to }) => to)].slice(0, lines.length),
    );
    expect(lines.at(-1)?.to ?? 'created').toBe(record.state);
  }

  expect(await host.refundedTooMuch()).toEqual([]);
  expect((await host.locks?.()) ?? []).toEqual([]);
}

/** Any of them. */
export function one<T>(of: readonly T[]): T {
  const [first] = of.slice(Math.floor(Math.random() * of.length));
  if (first === undefined) throw new Error('There is none');
  return first;
}
