import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { RememberedWork, someIds } from '../../../test/remembered-work.js';
import { ManualEngine } from './manual-engine.js';

/** Works with payments that are due, so many for each round. */
class Payments extends RememberedWork {
  constructor(
    account: string,
    readonly rounds: number[],
  ) {
    super({ account });
  }

  override async sweep() {
    this.sweeps += 1;
    const checked = this.rounds.shift() ?? 0;
    return { checked, hasMore: checked === 50 };
  }
}

describe('ManualEngine', () => {
  it('does nothing by itself, and everything that is due when it is told', async () => {
    const engine = new ManualEngine();
    const works = ['default', 'emea'].map((account) => new RememberedWork({ account }));
    for (const work of works) {
      await engine.start(work);
      work.insert(...someIds(150));
      engine.wake();
    }
    await sleep(50);
    expect(works.map(({ calls }) => calls)).toEqual([0, 0]);
    expect(await engine.workOff()).toEqual({ events: 300, payments: 0 });
    expect(works.map(({ open }) => open)).toEqual([0, 0]);
    expect(await engine.workOff()).toEqual({ events: 0, payments: 0 });
  });

  it('takes rounds over payments for as long as they are full', async () => {
    const engine = new ManualEngine();
    const work = new Payments('default', [50, 50, 3, 50]);
    await engine.start(work);
    expect(await engine.workOff()).toEqual({ events: 0, payments: 103 });
    expect(work.sweeps).toBe(3);
  });

  it('tidies after the payments, and says what failed', async () => {
    const engine = new ManualEngine();
    let tidied = 0;
    const work = Object.assign(new Payments('default', [50, 3]), {
      async tidy() {
        tidied += 1;
        if (tidied === 2) throw new Error('no database');
      },
    });
    await engine.start(work);
    expect(await engine.workOff()).toEqual({ events: 0, payments: 53 });
    expect([work.sweeps, tidied]).toEqual([2, 1]);
    await expect(engine.workOff()).rejects.toThrow('no database');
    await engine.workOff({ signal: AbortSignal.abort() });
    expect(tidied).toBe(2);
  });

  it('works for one account where it is asked to', async () => {
    const engine = new ManualEngine();
    const works = ['default', 'emea'].map((account) => new Payments(account, [1]));
    for (const work of works) {
      work.insert('event');
      await engine.start(work);
    }
    expect(await engine.workOff({ account: 'emea' })).toEqual({ events: 1, payments: 1 });
    expect(works.map(({ open }) => open)).toEqual([1, 0]);
    expect(await engine.workOff({ account: 'nowhere' })).toEqual({ events: 0, payments: 0 });
  });

  it('stops at its limit, and refuses one that is none', async () => {
    const engine = new ManualEngine();
    const work = new RememberedWork();
    work.insert(...someIds(100));
    await engine.start(work);
    expect((await engine.workOff({ limit: 70 })).events).toBe(70);
    expect((await engine.workOff({ limit: 0 })).events).toBe(0);
    expect(work.open).toBe(30);
    await expect(engine.workOff({ limit: Number.NaN })).rejects.toThrow(RangeError);
    await expect(engine.workOff({ limit: -1 })).rejects.toThrow(RangeError);
  });

  it('ends when it is told to, and begins with somebody else the next time', async () => {
    const engine = new ManualEngine();
    const works = ['a', 'b', 'c'].map(
      (account) => new RememberedWork({ account, handling: () => sleep(5) }),
    );
    for (const work of works) {
      work.insert(...someIds(5));
      await engine.start(work);
    }
    for (let n = 0; n < 3; n += 1) {
      const end = new AbortController();
      setTimeout(() => end.abort(), 1);
      await engine.workOff({ signal: end.signal });
    }
    expect(works.map(({ open }) => open)).toEqual([0, 0, 0]);
    const ended = AbortSignal.abort();
    works[0]?.insert('another');
    expect((await engine.workOff({ signal: ended })).events).toBe(0);
  });

  it('takes an event once, also one that is due again at once', async () => {
    const engine = new ManualEngine();
    let times = 0;
    const work = new RememberedWork();
    work.handle = async () => {
      times += 1;
    };
    work.insert('again and again');
    await engine.start(work);
    expect((await engine.workOff()).events).toBe(1);
    expect(times).toBe(1);
  });

  it('rejects with what the store has failed with, after what was begun', async () => {
    const engine = new ManualEngine();
    const work = new RememberedWork({
      handling: async (id) => {
        await sleep(5);
        if (id === 'bad') throw new Error('connection lost');
      },
    });
    work.insert('good', 'bad', 'fine');
    await engine.start(work);
    await expect(engine.workOff()).rejects.toThrow('connection lost');
    expect(work.handled.toSorted()).toEqual(['fine', 'good']);
  });

  it('stops one work of an account, after what runs, and goes on with the other', async () => {
    const engine = new ManualEngine();
    const works = [0, 1].map(() => new RememberedWork({ handling: () => sleep(20) }));
    const [one, other] = works;
    if (one === undefined || other === undefined) throw new Error('There are no works');
    one.insert('first');
    for (const work of works) await engine.start(work);
    const done = engine.workOff();
    await sleep(5);
    await engine.stop('default', one);
    expect(one.handled).toEqual(['first']);
    await done;
    one.insert('too late');
    other.insert('in time');
    expect((await engine.workOff()).events).toBe(1);
    expect(other.handled).toEqual(['in time']);
  });
});
