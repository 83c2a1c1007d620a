import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../test/manual-clock.js';
import { Agenda } from './agenda.js';
import { SandboxClock } from './sandbox-clock.js';

const start = Date.parse('2026-03-01T12:00:00.000Z');

describe('Agenda', () => {
  it('gives what is due in the order of its moments, equal ones as they were added', async () => {
    const agenda = new Agenda();
    const done: string[] = [];
    for (const [dueAt, name] of [
      [30, 'c'],
      [10, 'a1'],
      [20, 'b'],
      [10, 'a2'],
      [10, 'a3'],
      [40, 'later'],
    ] as const) {
      agenda.add({ dueAt, run: async () => void done.push(name) });
    }
    for (let next = agenda.takeDue(30); next; next = agenda.takeDue(30)) await next.run();
    expect(done).toEqual(['a1', 'a2', 'a3', 'b', 'c']);
    expect(agenda.nextAt).toBe(40);
  });
});

describe('SandboxClock', () => {
  let base = new ManualClock();
  let clock = new SandboxClock(base);

  beforeEach(() => {
    base = new ManualClock(start);
    clock = new SandboxClock(base);
  });
  afterEach(() => clock.stop());

  /** Something that is planned again `waitMs` after it was done, and notes when that was. */
  const repeat = (times: number[], waitMs: number) => async () => {
    times.push(clock.now() - start);
    clock.at(clock.now() + waitMs, repeat(times, waitMs));
  };

  it('walks from one due moment to the next, also to those that came up on the way', async () => {
    const times: number[] = [];
    clock.at(start + 100, repeat(times, 100));
    await clock.advance(350);
    expect(times).toEqual([100, 200, 300]);
    expect(clock.now()).toBe(start + 350);
  });

  it('waits for what it started before it moves on', async () => {
    const done: string[] = [];
    clock.at(start + 10, async () => {
      await new Promise((resolve) => setTimeout(resolve, 30));
      done.push(`slow at ${clock.now() - start}`);
    });
    clock.at(start + 20, async () => void done.push('next'));
    await clock.advance(1000);
    expect(done).toEqual(['slow at 10', 'next']);
  });

  it('adds up advances that overlap', async () => {
    await Promise.all([clock.advance(5), clock.advance(7)]);
    expect(clock.now()).toBe(start + 12);
  });

  it('does what is due without being advanced, when its time has come', async () => {
    await new Promise<void>((resolve) => clock.at(start - 1, async () => resolve()));
    expect(clock.now()).toBe(start);
  });

  it('moves with the clock under it', async () => {
    base.advance(50);
    await clock.advance(1);
    expect(clock.now()).toBe(start + 51);
  });

  it('settles only when what was begun by what was begun is done', async () => {
    const done: number[] = [];
    clock.at(start, async () => {
      done.push(1);
      clock.at(start, async () => void done.push(2));
    });
    await clock.settled();
    expect(done).toEqual([1, 2]);
  });

  it('does nothing after a stop', async () => {
    const done: string[] = [];
    clock.at(start + 10, async () => void done.push('before'));
    await clock.stop();
    clock.at(start, async () => void done.push('after'));
    await clock.advance(1000);
    expect(done).toEqual([]);
  });

  it.each([-1, Number.NaN, Infinity, 367 * 86_400_000])('does not advance by %s', async (ms) => {
    await expect(clock.advance(ms)).rejects.toThrow(RangeError);
    expect(clock.now()).toBe(start);
  });
});
