import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { InProcessEngine } from './in-process-engine.js';
import type { Work } from './work-engine.js';

/** Work whose store a test plays. */
function someWork(over: Partial<Work> = {}) {
  const state = { running: 0, most: 0, handled: [] as string[], sweeps: 0, looks: 0 };
  const waiting: string[] = [];
  const work: Work = {
    account: 'default',
    pollEveryMs: 10,
    sweepEveryMs: 0,
    async handle(id) {
      state.running += 1;
      state.most = Math.max(state.most, state.running);
      await sleep(1);
      state.running -= 1;
      state.handled.push(id);
    },
    async due(limit) {
      state.looks += 1;
      return waiting.splice(0, limit);
    },
    async sweep() {
      state.sweeps += 1;
      return { checked: 0, hasMore: false };
    },
    ...over,
  };
  return { work, state, waiting };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries += 1) {
    if (tries > 1_000) throw new Error('It did not come to hold in time');
    await sleep(5);
  }
}

describe('InProcessEngine', () => {
  let engine = new InProcessEngine();
  afterEach(() => engine.stop('default'));

  it('works on what it is told, a bounded number at once', async () => {
    engine = new InProcessEngine({ concurrency: 3 });
    const { work, state } = someWork();
    await engine.start(work);
    for (let n = 0; n < 50; n += 1) engine.wake('default', `event-${n}`);
    await until(() => state.handled.length === 50);
    expect(state.most).toBe(3);
    expect(new Set(state.handled).size).toBe(50);
  });

  it('finds what nobody has told it', async () => {
    engine = new InProcessEngine({ concurrency: 2 });
    const { work, state, waiting } = someWork();
    waiting.push(...Array.from({ length: 40 }, (_, n) => `event-${n}`));
    await engine.start(work);
    await until(() => state.handled.length === 40);
    // A full batch is followed by the next one at once, not after the pause.
    expect(state.looks).toBeGreaterThanOrEqual(5);
  });

  it('takes rounds over payments, one after the other', async () => {
    engine = new InProcessEngine();
    let running = 0;
    let most = 0;
    const { work, state } = someWork({
      sweepEveryMs: 1,
      async sweep() {
        running += 1;
        most = Math.max(most, running);
        await sleep(5);
        running -= 1;
        state.sweeps += 1;
        return { checked: 0, hasMore: false };
      },
    });
    await engine.start(work);
    await until(() => state.sweeps >= 3);
    expect(most).toBe(1);
  });

  it('goes on after a failure of the store', async () => {
    engine = new InProcessEngine();
    const handled: string[] = [];
    let looks = 0;
    const { work } = someWork({
      async handle(id) {
        if (id === 'bad') throw new Error('connection lost');
        handled.push(id);
      },
      async due() {
        looks += 1;
        if (looks === 1) throw new Error('connection lost');
        return looks === 2 ? ['bad', 'good'] : [];
      },
    });
    await engine.start(work);
    await until(() => handled.length > 0);
    expect(handled).toEqual(['good']);
  });

  it('waits for what is running when it stops, and takes nothing new', async () => {
    engine = new InProcessEngine({ concurrency: 1 });
    const { work, state } = someWork();
    await engine.start(work);
    for (const id of ['first', 'second']) engine.wake('default', id);
    await engine.stop('default');
    expect(state.handled).toEqual(['first']);
    engine.wake('default', 'third');
    await sleep(30);
    expect(state.handled).toEqual(['first']);
  });

  it('drives several accounts, each by itself', async () => {
    engine = new InProcessEngine();
    const [one, other] = [someWork(), someWork({ account: 'emea' })];
    await engine.start(one.work);
    await engine.start(other.work);
    engine.wake('emea', 'event');
    engine.wake('unknown', 'event');
    await until(() => other.state.handled.length === 1);
    await engine.stop('emea');
    expect(one.state.handled).toEqual([]);
    engine.wake('default', 'event');
    await until(() => one.state.handled.length === 1);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses a concurrency of %d',
    (concurrency) => {
      expect(() => new InProcessEngine({ concurrency })).toThrow(RangeError);
    },
  );
});
