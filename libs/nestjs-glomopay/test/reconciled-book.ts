import { jest } from '@jest/globals';
import type { ListFilterInput } from '../src/wire/list-filter.js';
import type { Page } from '../src/wire/page.js';
import { Comparison } from '../src/tracking/reconciliation/comparison.js';
import type { GatewayBook } from '../src/tracking/reconciliation/gateway-book.js';
import type { Mender } from '../src/tracking/reconciliation/mender.js';
import type { ReconciliationFinding } from '../src/tracking/reconciliation/reconciliation-finding.js';
import {
  planOf,
  type ReconciliationOptions,
} from '../src/tracking/reconciliation/reconciliation-options.js';
import { Tally } from '../src/tracking/reconciliation/tally.js';
import { Movements, type Movement, type Sighting } from '../src/tracking/movements/movement.js';
import type { TrackedRecord } from '../src/tracking/store/tracked-record.js';
import type { TrackingStore } from '../src/tracking/store/tracking-store.js';

/** An object of a gateway of these tests. */
export interface Thing {
  readonly id: string;
  readonly at: number;
  readonly status: string;
  readonly subjectId: string;
  readonly amount: number;
  readonly requestId?: string | undefined;
}

export const aThing = (over: Partial<Thing> & Pick<Thing, 'id' | 'at'>): Thing => ({
  status: 'success',
  subjectId: `order of ${over.id}`,
  amount: 1_000,
  ...over,
});

/** A list of things that are made when they are asked for, newest first. */
export function aBookOf(things: (filter: ListFilterInput) => Page<Thing>) {
  const get = jest.fn(async (_id: string): Promise<Thing | undefined> => undefined);
  const list = jest.fn(async (filter: ListFilterInput) => things(filter));
  const book: GatewayBook<Thing> = {
    kind: 'payment',
    kinds: ['payment'],
    list,
    get,
    objectOf: ({ id, at, status, subjectId, amount, requestId }) => ({
      id,
      createdAt: new Date(at),
      requestId,
      subjectId,
      amount,
      currency: 'USD',
      status,
    }),
    sighting: (thing, record) => sightingOf(thing, record),
    isOurs: async () => true,
    expected: async () => undefined,
    isUnder: async () => false,
    report: async () => undefined,
  };
  return { book, get, list };
}

export function sightingOf(thing: Thing, record: TrackedRecord): Sighting {
  const ends = new Map<string, 'succeeded' | 'failed'>([
    ['success', 'succeeded'],
    ['failed', 'failed'],
  ]);
  return {
    objectId: thing.id,
    status: thing.status,
    end: ends.get(thing.status),
    difference: thing.amount === record.amount ? undefined : 'amount_differs',
    complianceStatus: null,
    fundsAvailable: false,
    errorCode: null,
    errorDescription: null,
  };
}

/** Compares a book with a store, with a mender that mends as it is told. */
export function comparing(
  book: GatewayBook<Thing>,
  store: TrackingStore,
  options: ReconciliationOptions,
  look: Movement['look'] = async () => [],
) {
  const settle = jest.fn(async (record: TrackedRecord) => record);
  const adopt = jest.fn(async () => undefined);
  const report = jest.fn(async () => undefined);
  const mender = { settle, adopt, report } as unknown as Mender;
  const movement = { kind: 'payment', look } as Movement;
  const movements = new Movements([movement]);
  const tally = new Tally();
  const plan = planOf(options, Date.now());
  const parts = { account: 'default', store, movements, mender };
  const findings = new Comparison(book, plan, parts, tally).findings();
  return { findings, tally, settle, adopt, report };
}

export async function all(
  findings: AsyncIterable<ReconciliationFinding>,
): Promise<ReconciliationFinding[]> {
  const found: ReconciliationFinding[] = [];
  for await (const finding of findings) found.push(finding);
  return found;
}

/** Answers as the gateway does: newest first, both ends included. */
export function pageOfThings<Item extends Pick<Thing, 'id' | 'at'>>(
  things: readonly Item[],
  filter: ListFilterInput,
): Page<Item> {
  const { before = '', after = '', page = 1, perPage = 100 } = filter;
  const matching = things
    .filter(({ at }) => at <= Date.parse(before) && at >= Date.parse(after))
    .toSorted((one, other) => other.at - one.at);
  const pages = Math.ceil(matching.length / perPage);
  return {
    data: matching.slice((page - 1) * perPage, page * perPage),
    unreadable: [],
    current: page,
    previous: page > 1 ? page - 1 : null,
    next: page < pages ? page + 1 : null,
    perPage,
    pages,
    count: matching.length,
  };
}
