import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { within } from './within.js';

const MINUTE_MS = 60_000;
const never = () => new Promise<never>(() => undefined);

describe('within', () => {
  it('gives what comes in time, also when that is nothing', async () => {
    await expect(within(MINUTE_MS, Promise.resolve('paid'), () => 'late')).resolves.toBe('paid');
    await expect(within(MINUTE_MS, Promise.resolve(), () => 'late')).resolves.toBeUndefined();
  });

  it('rejects with what comes in time', async () => {
    const failing = Promise.reject(new RangeError('of the work'));
    await expect(within(MINUTE_MS, failing, () => 'late')).rejects.toThrow('of the work');
  });

  it('gives or throws what the late one says', async () => {
    await expect(within(1, never(), () => 'late')).resolves.toBe('late');
    const thrown = within(1, never(), () => {
      throw new RangeError('too late');
    });
    await expect(thrown).rejects.toThrow('too late');
  });

  it('leaves no rejection unhandled that comes afterwards', async () => {
    let fail: (thrown: Error) => void = () => undefined;
    const failing = new Promise<never>((_, reject) => {
      fail = reject;
    });
    await expect(within(1, failing, () => 'late')).resolves.toBe('late');
    fail(new RangeError('afterwards'));
    await expect(failing).rejects.toThrow('afterwards');
  });

  it('reads a result that came while the process stood still', async () => {
    const result = sleep(1, 'paid');
    const waiting = within(20, result, () => 'late');
    const end = performance.now() + 40;
    while (performance.now() < end);
    await expect(waiting).resolves.toBe('paid');
  });
});
