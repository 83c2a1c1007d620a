import { setTimeout as sleep } from 'node:timers/promises';
import type {
  TrackedIntent,
  TrackedChange,
  TrackedKey,
  TrackedKind,
} from '../../tracking/store/tracked-record.js';
import type { Settlement, TrackingStore } from '../../tracking/store/tracking-store.js';

/** A store under test, on a database of its own. */
export interface TrackingStoreHarness<Tx = unknown> {
  /** On an empty database; the contract migrates it. */
  readonly store: TrackingStore<Tx>;
  /** A further store on the same database, as another process has one. Closed by `close`. */
  another(): Promise<TrackingStore<Tx>>;
  /** Writes a line into a table of the host through the transaction of a settlement. */
  write(tx: Tx, line: string): Promise<void>;
  /** The lines that were committed, in any order. */
  written(): Promise<readonly string[]>;
  /** Closes the stores and drops the database. */
  close(): Promise<void>;
}

/** One fact about a store. */
export interface ContractCase {
  readonly name: string;
  readonly check: (harness: TrackingStoreHarness) => Promise<void>;
}

/** An intent of order_1 over 10.00 USD unless spoiled. */
export function anIntent(over: Partial<TrackedIntent> = {}): TrackedIntent {
  return {
    account: 'default',
    kind: 'payment',
    requestId: 'request-1',
    reference: 'reference-1',
    subjectId: 'order_1',
    exclusive: true,
    amount: 1_000,
    currency: 'USD',
    ...over,
  };
}

/** Every kind of movement. */
export const everyKind: readonly TrackedKind[] = ['payment', 'refund', 'collection'];

/** The key of {@link anIntent}. */
export function aKey(requestId = 'request-1', account = 'default'): TrackedKey {
  return { account, kind: 'payment', requestId };
}

/** A settlement that makes the change once; with what `over` spoils. */
export function aSettlement(
  change: TrackedChange,
  over: Partial<Settlement<unknown>> = {},
): Settlement<unknown> {
  return {
    decide: (record) => (record.state === change.state ? undefined : change),
    effect: async () => undefined,
    nextCheckMs: 60_000,
    ...over,
  };
}

const TRIES = 1_000;

/**
 * Asks until something comes, which waits for the database's clock alone: a lease that ends in a moment ends
 * on a busy machine too.
 */
export async function sooner<T>(ask: () => Promise<readonly T[]>): Promise<readonly T[]> {
  for (let tries = 1; tries < TRIES; tries += 1) {
    const found = await ask();
    if (found.length > 0) return found;
    await sleep(5);
  }
  return ask();
}

const LANES = 20;

/** Does it for many, some at a time: on a busy machine the last would wait too long for a connection. */
export async function forMany<T>(
  items: readonly T[],
  does: (item: T, index: number) => Promise<unknown>,
): Promise<void> {
  const next = items.entries();
  const lane = async (): Promise<void> => {
    for (const [index, item] of next) await does(item, index);
  };
  await Promise.all(upTo(LANES).map(lane));
}

/** Numbers from 0 on. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
