import { describe, expect, it } from '@jest/globals';
import { setMaxListeners } from 'node:events';
import { upTo } from '../../../testing/contract/harness.js';
import { anEvent } from '../../../testing/contract/inbox-harness.js';
import type { Patience } from '../patience.js';
import { eventCommits } from './event-commits.js';

const HALF_A_MEGABYTE = 500_000;

/** A database that hangs; ends when it is told to. */
function hanging() {
  let end: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => (end = resolve));
  const written: number[] = [];
  const commits = eventCommits(async (events) => {
    written.push(events.length);
    await ended;
    return events.map(() => ({ status: 'fulfilled', value: true }));
  }, 2);
  return { commits, end, written };
}

describe('eventCommits', () => {
  it('refuses at once what goes beyond 64 MiB, although it is one event again and again', async () => {
    const { commits, end, written } = hanging();
    const { id, account } = anEvent('large');
    const before = process.memoryUsage().arrayBuffers;
    const answers: Promise<boolean>[] = [];
    for (let n = 0; n < 2_000; n += 1) {
      answers.push(commits.add({ account, id, body: Buffer.alloc(HALF_A_MEGABYTE, 1) }));
      answers.at(-1)?.catch(() => undefined);
      if (n % 50 === 0) await new Promise(setImmediate);
    }
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000 * HALF_A_MEGABYTE);
    end();
    const results = await Promise.allSettled(answers);
    const stored = results.filter(({ status }) => status === 'fulfilled');
    expect(stored).toHaveLength(Math.floor((64 * 1024 * 1024) / HALF_A_MEGABYTE));
    // What is under way cannot be joined any more; the rest waits as one.
    expect(written).toEqual([1, 1, 1]);
  });

  it('takes the next one when those before it have given up', async () => {
    const { commits, end, written } = hanging();
    const patience = new AbortController();
    setMaxListeners(Infinity, patience.signal);
    const add = (n: number, waiting?: Patience) =>
      commits.add({ ...anEvent(`event ${n}`), body: Buffer.alloc(HALF_A_MEGABYTE, 1) }, waiting);
    const answers = Promise.allSettled(upTo(200).map((n) => add(n, patience)));
    await expect(add(200)).rejects.toThrow('too much waits');
    patience.abort(new Error('gave up'));
    await new Promise(setImmediate);
    const underWay = written.reduce((sum, events) => sum + events, 0);
    const later = add(201);
    end();
    expect(await later).toBe(true);
    const reasons = (await answers).map((answer) =>
      answer.status === 'rejected' ? String(answer.reason) : 'stored',
    );
    expect(reasons.filter((reason) => reason === 'stored')).toHaveLength(underWay);
    expect(reasons.filter((reason) => reason === 'Error: gave up')).toHaveLength(134 - underWay);
  });
});
