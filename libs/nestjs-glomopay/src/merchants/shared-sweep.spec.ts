import { describe, expect, it } from '@jest/globals';
import type { WorkRound } from '../tracking/engine/work-engine.js';
import { SharedSweep } from './shared-sweep.js';

const MINUTE_MS = 60_000;

/** Rounds that end when a test says so. */
class Gateways {
  readonly swept: string[] = [];
  readonly #ends = new Map<string, (round: WorkRound) => void>();

  sweep = (account: string): Promise<WorkRound> => {
    this.swept.push(account);
    if (!account.startsWith('slow')) return Promise.resolve({ checked: 1, hasMore: false });
    return new Promise((resolve) => this.#ends.set(account, resolve));
  };

  end(account: string, round: WorkRound = { checked: 1, hasMore: false }): void {
    this.#ends.get(account)?.(round);
  }
}

describe('SharedSweep', () => {
  it('counts what the accounts have done', async () => {
    const sweep = new SharedSweep(new Gateways().sweep, MINUTE_MS);
    const names = Array.from({ length: 40 }, (_, n) => `shop-${n}`);
    expect(await sweep.round(names)).toEqual({ checked: 40, hasMore: false });
    expect(await sweep.round([])).toEqual({ checked: 0, hasMore: false });
  });

  it('does not let others wait for a slow one, nor look at it twice at once', async () => {
    const gateways = new Gateways();
    const sweep = new SharedSweep(gateways.sweep, 20);
    expect(await sweep.round(['slow', 'quick'])).toEqual({ checked: 1, hasMore: true });
    expect(await sweep.round(['slow', 'quick'])).toEqual({ checked: 1, hasMore: true });
    expect(gateways.swept).toEqual(['slow', 'quick', 'quick']);
    gateways.end('slow');
    expect(await sweep.round([])).toEqual({ checked: 1, hasMore: false });
  });

  it('takes a bounded number at once', async () => {
    const gateways = new Gateways();
    const sweep = new SharedSweep(gateways.sweep, 20);
    const names = Array.from({ length: 20 }, (_, n) => `slow-${n}`);
    await sweep.round(names);
    expect(gateways.swept).toHaveLength(16);
    for (const name of names) gateways.end(name);
    await sweep.round([]);
    expect(gateways.swept).toHaveLength(20);
    for (const name of names) gateways.end(name);
  });

  it('goes on with an account that has more', async () => {
    const gateways = new Gateways();
    const sweep = new SharedSweep(gateways.sweep, MINUTE_MS);
    const round = sweep.round(['slow']);
    gateways.end('slow', { checked: 50, hasMore: true });
    await Promise.resolve().then(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    expect(gateways.swept).toEqual(['slow', 'slow']);
    gateways.end('slow');
    expect(await round).toEqual({ checked: 51, hasMore: false });
  });

  it('ends when what runs has ended, and begins nothing more', async () => {
    const gateways = new Gateways();
    const sweep = new SharedSweep(gateways.sweep, MINUTE_MS);
    const order: string[] = [];
    const round = sweep.round(['slow']).then(() => order.push('round'));
    const end = sweep.end().then(() => order.push('end'));
    await new Promise((resolve) => setImmediate(resolve));
    expect(order).toEqual([]);
    gateways.end('slow', { checked: 50, hasMore: true });
    await Promise.all([round, end]);
    expect(gateways.swept).toEqual(['slow']);
    expect(await sweep.round(['quick'])).toEqual({ checked: 0, hasMore: false });
  });
});
