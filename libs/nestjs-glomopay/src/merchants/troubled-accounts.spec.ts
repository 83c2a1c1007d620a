import { describe, expect, it } from '@jest/globals';
import { setTimeout as sleep } from 'node:timers/promises';
import { TroubledAccounts } from './troubled-accounts.js';

const names = Array.from({ length: 20 }, (_, n) => `shop-${n}`);

/** Accounts of which some hang, or fail, for as long as a test wants. */
function someAccounts() {
  const state = { asked: [] as string[], atOnce: 0, most: 0 };
  const bad = new Map<string, 'hangs' | 'fails'>();
  const troubled = new TroubledAccounts(async (name) => {
    state.asked.push(name);
    state.atOnce += 1;
    state.most = Math.max(state.most, state.atOnce);
    do await sleep(1);
    while (bad.get(name) === 'hangs');
    state.atOnce -= 1;
    if (bad.get(name) === 'fails') throw new Error('not now');
  });
  for (const name of names) troubled.add(name);
  return { troubled, bad, state };
}

describe('TroubledAccounts', () => {
  it('keeps none back that was never in trouble, and asks about none', async () => {
    const { troubled, state } = someAccounts();
    expect(await troubled.without(['other', 'another'])).toEqual(['other', 'another']);
    expect(state.asked).toEqual([]);
  });

  it('gives back at once all that are well again, a bounded number at once', async () => {
    const { troubled, bad, state } = someAccounts();
    bad.set('shop-3', 'fails');
    expect(await troubled.without([...names, 'other'])).toEqual([
      ...names.filter((name) => name !== 'shop-3'),
      'other',
    ]);
    expect(state.most).toBe(4);
    bad.clear();
    expect(await troubled.without(['shop-3'])).toEqual(['shop-3']);
  });

  it('does not wait for those that hang, asks each once at a time, and has them when they answer', async () => {
    const { troubled, bad, state } = someAccounts();
    for (const name of names) bad.set(name, 'hangs');
    const since = performance.now();
    expect(await troubled.without([...names, 'other'])).toEqual(['other']);
    expect(await troubled.without([...names, 'other'])).toEqual(['other']);
    expect(performance.now() - since).toBeLessThan(2_000);
    expect(state.asked).toEqual(names.slice(0, 4));
    bad.clear();
    await sleep(50);
    expect(await troubled.without(names)).toEqual(names);
    expect(state.asked.toSorted()).toEqual(names.toSorted());
  });

  it('asks those in their turn that fail again, so that none is left out', async () => {
    const { troubled, bad, state } = someAccounts();
    for (const name of names) bad.set(name, 'fails');
    for (let look = 0; look < 5; look += 1) {
      expect(await troubled.without(names)).toEqual([]);
    }
    expect(state.asked).toEqual(names);
  });
});
