import { afterEach, describe, expect, it } from '@jest/globals';
import { aKey, anIntent, aSettlement, everyKind } from '../../../testing/contract/harness.js';
import { trackingStoreContract } from '../../../testing/tracking-store-contract.js';
import type { MemoryTransaction } from './memory-transaction.js';
import { MemoryTrackingStore } from './memory-tracking-store.js';

describe('MemoryTrackingStore', () => {
  const contract = trackingStoreContract(async () => {
    const lines: string[] = [];
    const store = new MemoryTrackingStore();
    return {
      store,
      another: async () => store,
      write: async (tx: MemoryTransaction, line: string) =>
        tx.afterCommit(() => void lines.push(line)),
      written: async () => lines,
      close: () => store.close(),
    };
  });
  for (const { name, run } of contract) it(name, run);

  describe('in production', () => {
    const environment = process.env['NODE_ENV'];
    afterEach(() => {
      process.env['NODE_ENV'] = environment;
    });

    it('refuses to start', () => {
      process.env['NODE_ENV'] = 'production';
      expect(() => new MemoryTrackingStore()).toThrow(/forgets every payment/);
    });
  });

  it('counts what is looked at after its outcome neither as open nor as needing a person', async () => {
    const store = new MemoryTrackingStore();
    await store.insert(anIntent(), 0);
    const watchMs = () => 1_000;
    await store.settle(aKey(), aSettlement({ state: 'succeeded' }, { watchMs }));
    expect(await store.find(aKey())).toMatchObject({ nextCheckAt: expect.any(Date) });
    expect(await store.counts('default', everyKind)).toEqual({ needsAttention: 0, open: 0 });
  });

  it('goes by the clock it was given', async () => {
    let now = 1_000_000;
    const store = new MemoryTrackingStore({ date: () => now });
    const intent = {
      account: 'default',
      requestId: 'request-1',
      reference: 'reference-1',
      kind: 'payment' as const,
      subjectId: null,
      exclusive: false,
      amount: 1,
      currency: 'USD',
    };
    await store.insert(intent, 30_000);
    expect(await store.claimDue('default', 1, 60_000)).toHaveLength(0);
    now += 30_000;
    expect(await store.claimDue('default', 1, 60_000)).toHaveLength(1);
  });
});
