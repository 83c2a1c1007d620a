import { describe, expect, it } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Lanes } from './lanes.js';

describe('Lanes', () => {
  it('runs one at a time within a lane, in the order of arrival, also after a failure', async () => {
    const lanes = new Lanes();
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} begins`);
      await sleep(5);
      events.push(`${name} ends`);
      if (name === 'a') throw new Error('failed');
      return name;
    };
    const results = await Promise.allSettled(
      ['a', 'b', 'c'].map((name) => lanes.run('one', work(name))),
    );
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(events).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
  });

  it('lets lanes pass each other', async () => {
    const lanes = new Lanes();
    const ends: string[] = [];
    await Promise.all([
      lanes.run('slow', () => sleep(20).then(() => ends.push('slow'))),
      lanes.run('fast', async () => ends.push('fast')),
    ]);
    expect(ends).toEqual(['fast', 'slow']);
  });

  it('runs everybody in their own async context, whoever was before them', async () => {
    const lanes = new Lanes();
    const caller = new AsyncLocalStorage<string>();
    const seen = ['a', 'b', 'c'].map((name) =>
      caller.run(name, () =>
        lanes.run('one', async () => {
          await sleep(1);
          return caller.getStore();
        }),
      ),
    );
    expect(await Promise.all(seen)).toEqual(['a', 'b', 'c']);
  });
});
