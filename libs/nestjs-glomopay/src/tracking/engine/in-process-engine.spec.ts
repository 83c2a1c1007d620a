import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { InProcessEngine } from './in-process-engine.js';
import type { Work, WorkGround } from './work-engine.js';

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

  it.each([
    ['looks for events', { pollEveryMs: 1 }],
    ['takes rounds over payments', { pollEveryMs: 0, sweepEveryMs: 1 }],
  ])(
    'tidies one account after the other where it %s, and goes on when one fails',
    async (_, pauses) => {
      engine = new InProcessEngine();
      const ground = {
        accountsWithEvents: async () => new Set<string>(),
        accountsWithPayments: async () => new Set<string>(),
      };
      const tidied: string[] = [];
      const works = ['default', 'emea'].map((account) => {
        const tidy = async () => {
          tidied.push(`${account} begins`);
          await sleep(2);
          tidied.push(`${account} ends`);
          if (account === 'default') throw new Error('no database');
        };
        return someWork({ account, ground, ...pauses, tidy }).work;
      });
      for (const work of works) await engine.start(work);
      await until(() => tidied.length >= 8);
      await Promise.all(works.map(({ account }) => engine.stop(account)));
      const turns = tidied.slice(0, 8).join();
      expect(turns).toMatch(/^(?:(default|emea) begins,\1 ends,?)+$/);
      expect(turns).toContain('emea ends');
      expect(tidied.length % 2).toBe(0);
    },
  );

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

  it('follows a full round by the next at once, not after the pause', async () => {
    engine = new InProcessEngine();
    let questions = 0;
    const ground: WorkGround = {
      accountsWithEvents: async () => new Set(),
      accountsWithPayments: async () => {
        questions += 1;
        return new Set(['default']);
      },
    };
    const { work, state } = someWork({
      ground,
      sweepEveryMs: 500,
      async sweep() {
        state.sweeps += 1;
        return { checked: 50, hasMore: state.sweeps < 40 };
      },
    });
    await engine.start(work);
    await until(() => state.sweeps >= 40);
    expect(questions).toBeLessThan(10);
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

  it('works in no async context of whoever woke it, nor of what ran before', async () => {
    engine = new InProcessEngine({ concurrency: 1 });
    const requests = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const note = async (what: string) => {
      seen.push(requests.getStore());
      requests.enterWith(`left by ${what}`);
      await sleep(1);
    };
    const { work } = someWork({
      sweepEveryMs: 1,
      handle: note,
      async due() {
        await note('a look');
        return [];
      },
      async sweep() {
        await note('a round');
        return { checked: 0, hasMore: false };
      },
    });
    await requests.run('boot', () => engine.start(work));
    for (let n = 0; n < 15; n += 1) {
      requests.run(`request ${n}`, () => engine.wake('default', `event-${n}`));
    }
    await until(() => seen.length > 40);
    expect(new Set(seen)).toEqual(new Set([undefined]));
  });

  it('drives the works of two applications with accounts of one name, and ends one of them', async () => {
    engine = new InProcessEngine();
    const [one, other] = [someWork(), someWork()];
    await engine.start(one.work);
    await engine.start(other.work);
    engine.wake('default', 'for whoever has it');
    await until(() => one.state.handled.length + other.state.handled.length === 2);
    await engine.stop('default', one.work);
    one.waiting.push('too late');
    other.waiting.push('found');
    engine.wake('default', 'woken');
    await until(() => other.state.handled.length === 3);
    expect(one.state.handled).toEqual(['for whoever has it']);
    await engine.stop('default', other.work);
    expect(other.state.handled.toSorted()).toEqual(['for whoever has it', 'found', 'woken']);
  });

  it('refuses a work that it drives already', async () => {
    engine = new InProcessEngine();
    const { work } = someWork();
    await engine.start(work);
    await expect(engine.start(work)).rejects.toThrow('default');
  });

  describe('with accounts on one ground', () => {
    const someAccounts = async (over: Partial<WorkGround> = {}) => {
      engine = new InProcessEngine();
      const due = { events: new Set<string>(), payments: new Set<string>() };
      const questions = { events: 0, payments: 0 };
      const ground: WorkGround = {
        async accountsWithEvents() {
          questions.events += 1;
          return due.events;
        },
        async accountsWithPayments() {
          questions.payments += 1;
          return due.payments;
        },
        ...over,
      };
      const accounts = Array.from({ length: 200 }, (_, n) =>
        someWork({ account: `account-${n}`, ground, sweepEveryMs: 10 }),
      );
      for (const { work } of accounts) await engine.start(work);
      const end = () => Promise.all(accounts.map(({ work }) => engine.stop(work.account, work)));
      return { accounts, due, questions, end };
    };

    it('asks once for all, and works on those alone that have something due', async () => {
      const { accounts, due, questions, end } = await someAccounts();
      const [first] = accounts;
      due.events.add('account-0');
      due.payments.add('account-1');
      first?.waiting.push('event');
      await until(() => first?.state.handled.length === 1 && questions.payments > 5);
      await end();
      expect(accounts.filter(({ state }) => state.looks > 0)).toHaveLength(1);
      expect(first?.state.looks).toBeLessThanOrEqual(questions.events);
      const asked = { ...questions };
      await sleep(50);
      expect(questions).toEqual(asked);
    });

    it('asks each where the ground cannot tell', async () => {
      const { accounts, end } = await someAccounts({ accountsWithEvents: async () => undefined });
      await until(() => accounts.every(({ state }) => state.looks > 0));
      await end();
      expect(accounts.map(({ state }) => state.sweeps)).toEqual(accounts.map(() => 0));
    });

    it('goes on after the question has failed', async () => {
      let questions = 0;
      const { accounts, end } = await someAccounts({
        async accountsWithEvents() {
          questions += 1;
          if (questions === 1) throw new Error('connection lost');
          return new Set(['account-7']);
        },
      });
      await until(() => (accounts[7]?.state.looks ?? 0) > 0);
      await end();
    });

    it('keeps taking rounds for the others while the gateway of one hangs', async () => {
      const { accounts, due, end } = await someAccounts();
      const [slow, quick] = accounts;
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => {
        release = resolve;
      });
      if (slow === undefined || quick === undefined) throw new Error('There are no accounts');
      Object.assign(slow.work, {
        sweep: async () => {
          slow.state.sweeps += 1;
          await gate;
          return { checked: 0, hasMore: false };
        },
      });
      due.payments.add('account-0').add('account-1');
      await until(() => quick.state.sweeps > 3);
      expect(slow.state.sweeps).toBe(1);
      release();
      await end();
    });
  });

  it.each([
    [{}, 0],
    [{ keepAlive: true }, 2],
  ])('made with %p keeps the process alive by %d timers', async (options, timers) => {
    const refd = () =>
      process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;
    const before = refd();
    engine = new InProcessEngine(options);
    await engine.start(someWork({ pollEveryMs: 60_000, sweepEveryMs: 60_000 }).work);
    expect(refd() - before).toBe(timers);
  });

  it.each<[string, unknown]>([
    ...[0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '4', null].map(
      (concurrency): [string, unknown] => ['concurrency', { concurrency }],
    ),
    ['keepAlive', { keepAlive: 1 }],
    ['an option that does not exist', { concurency: 4 }],
    ['InProcessEngine must be an object', null],
    ['InProcessEngine must be an object', 4],
  ])('names %s when it is made with %j', (fault, options) => {
    expect(() => Reflect.construct(InProcessEngine, [options])).toThrow(
      expect.objectContaining({
        code: 'GLOMOPAY_CONFIGURATION',
        message: expect.stringContaining(fault),
      }),
    );
  });

  it('takes undefined for an option that is not given', () => {
    const options = { concurrency: undefined, keepAlive: undefined };
    expect(() => Reflect.construct(InProcessEngine, [options])).not.toThrow();
  });
});
