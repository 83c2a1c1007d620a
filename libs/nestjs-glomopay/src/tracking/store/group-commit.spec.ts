import { describe, expect, it } from '@jest/globals';
import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { GroupCommit } from './group-commit.js';

/** Writes batches when told to, and says what was in them. */
function aWriter() {
  const batches: number[][] = [];
  const ends: ((failure?: Error) => void)[] = [];
  const write = (items: readonly number[]) =>
    new Promise<PromiseSettledResult<number>[]>((resolve, reject) => {
      batches.push([...items]);
      ends.push((failure) =>
        failure === undefined
          ? resolve(items.map((value) => ({ status: 'fulfilled', value: value * 10 })))
          : reject(failure),
      );
    });
  return { batches, ends, write };
}

describe('GroupCommit', () => {
  it('writes a lone item at once', async () => {
    const { batches, write } = aWriter();
    void new GroupCommit(write, { flights: 2, items: 10 }).add(1);
    await Promise.resolve();
    expect(batches).toEqual([[1]]);
  });

  it('writes what arrives in one tick together, and gives everybody their own answer', async () => {
    const { batches, ends, write } = aWriter();
    const commit = new GroupCommit(write, { flights: 2, items: 10 });
    const results = Promise.all([1, 2, 3].map((item) => commit.add(item)));
    await sleep(0);
    ends[0]?.();
    expect(await results).toEqual([10, 20, 30]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('gathers what comes while every flight is under way', async () => {
    const { batches, ends, write } = aWriter();
    const commit = new GroupCommit(write, { flights: 2, items: 3 });
    const results: Promise<number>[] = [];
    for (const item of [1, 2, 3, 4, 5, 6]) {
      results.push(commit.add(item));
      await sleep(0);
    }
    expect(batches).toEqual([[1], [2]]);
    ends[1]?.();
    await sleep(0);
    expect(batches).toEqual([[1], [2], [3, 4, 5]]);
    ends[2]?.();
    await sleep(0);
    ends[3]?.();
    ends[0]?.();
    expect(await Promise.all(results)).toEqual([10, 20, 30, 40, 50, 60]);
    await commit.idle();
  });

  it('cuts a batch before it has too many bytes, and takes what is larger alone', async () => {
    const { batches, ends, write } = aWriter();
    const bytes = { most: 10, of: (item: number) => item };
    const commit = new GroupCommit(write, { flights: 1, items: 3, bytes });
    const results = Promise.all([4, 6, 1, 12, 2, 3, 4, 1].map((item) => commit.add(item)));
    for (const batch of [0, 1, 2, 3, 4]) {
      await sleep(0);
      ends[batch]?.();
    }
    expect(batches).toEqual([[4, 6], [1], [12], [2, 3, 4], [1]]);
    expect(await results).toHaveLength(8);
  });

  it('rejects the items of a failed batch, and no others', async () => {
    const { ends, write } = aWriter();
    const commit = new GroupCommit(write, { flights: 1, items: 10 });
    const first = Promise.allSettled([commit.add(1), commit.add(2)]);
    await sleep(0);
    const later = commit.add(3);
    ends[0]?.(new Error('disk full'));
    expect((await first).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    ends[1]?.();
    expect(await later).toBe(30);
  });

  it('refuses at once what is too much without an answer, and takes it when there is room', async () => {
    const { batches, ends, write } = aWriter();
    const bytes = { most: 100, of: (item: number) => item };
    const unanswered = { items: 4, bytes: 20 };
    const commit = new GroupCommit(write, { flights: 1, items: 10, bytes, unanswered });
    const first = commit.add(1);
    await sleep(0);
    const waiters = Promise.all([commit.add(4), commit.add(5)]);
    await expect(commit.add(11)).rejects.toThrow('too much waits');
    const third = commit.add(6);
    await expect(commit.add(1)).rejects.toThrow('too much waits');
    ends[0]?.();
    await first;
    const later = commit.add(5);
    await sleep(0);
    ends[1]?.();
    await Promise.all([waiters, third]);
    ends[2]?.();
    expect(await later).toBe(50);
    const large = commit.add(21);
    await sleep(0);
    ends[3]?.();
    expect(await large).toBe(210);
    expect(batches).toEqual([[1], [4, 5, 6], [5], [21]]);
  });

  it('forgets what nobody waits for any more', async () => {
    const { batches, ends, write } = aWriter();
    const commit = new GroupCommit(write, {
      flights: 1,
      items: 10,
      unanswered: { items: 2, bytes: 9 },
    });
    const first = commit.add(1);
    await sleep(0);
    const patience = new AbortController();
    const impatient = commit.add(2, patience);
    patience.abort(new Error('gave up'));
    await expect(impatient).rejects.toThrow('gave up');
    const patient = commit.add(3);
    ends[0]?.();
    await first;
    await sleep(0);
    ends[1]?.();
    expect(await patient).toBe(30);
    expect(batches).toEqual([[1], [3]]);
  });

  it('refuses who has given up before, where there is something to wait for', async () => {
    const { batches, ends, write } = aWriter();
    const commit = new GroupCommit(write, { flights: 1, items: 10 });
    const first = commit.add(1);
    await sleep(0);
    const late = commit.add(2, { signal: AbortSignal.abort(new Error('gave up')) });
    await expect(late).rejects.toThrow('gave up');
    ends[0]?.();
    await first;
    await commit.idle();
    expect(batches).toEqual([[1]]);
  });

  it('asks for the signal of those only who have to wait: also of what a full batch leaves behind', async () => {
    const { batches, ends, write } = aWriter();
    const commit = new GroupCommit(write, { flights: 1, items: 2 });
    const asked: number[] = [];
    const patience = new AbortController();
    const answers = Promise.allSettled(
      [1, 2, 3].map((item) =>
        commit.add(item, {
          get signal() {
            asked.push(item);
            return patience.signal;
          },
        }),
      ),
    );
    await sleep(0);
    expect(asked).toEqual([3]);
    patience.abort(new Error('gave up'));
    ends[0]?.();
    expect((await answers).map(({ status }) => status)).toEqual([
      'fulfilled',
      'fulfilled',
      'rejected',
    ]);
    expect(batches).toEqual([[1, 2]]);
  });

  it('has those who bring the same thing wait as one, for as long as one of them waits', async () => {
    const { batches, ends, write } = aWriter();
    const commit = new GroupCommit(write, { flights: 1, items: 10, keyOf: String, again: -1 });
    const first = commit.add(7);
    await sleep(0);
    const patience = new AbortController();
    const impatient = commit.add(8, patience);
    const others = Promise.all([commit.add(8), commit.add(8), commit.add(9)]);
    patience.abort(new Error('gave up'));
    await expect(impatient).rejects.toThrow('gave up');
    ends[0]?.();
    await first;
    await sleep(0);
    ends[1]?.();
    expect(await others).toEqual([80, -1, 90]);
    expect(batches).toEqual([[7], [8, 9]]);
  });

  it('writes in the async context in which it was made, and answers in that of the caller', async () => {
    const caller = new AsyncLocalStorage<string>();
    const seen: (string | undefined)[] = [];
    const commit = new GroupCommit<number, number>(
      async (items) => {
        seen.push(caller.getStore());
        await sleep(1);
        return items.map((value) => ({ status: 'fulfilled', value }));
      },
      { flights: 1, items: 1 },
    );
    const answers = ['a', 'b', 'c'].map((name, n) =>
      caller.run(name, async () => {
        await commit.add(n);
        return caller.getStore();
      }),
    );
    expect(await Promise.all(answers)).toEqual(['a', 'b', 'c']);
    expect(seen).toEqual([undefined, undefined, undefined]);
  });
});
