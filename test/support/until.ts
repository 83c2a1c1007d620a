import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again and again until something holds, for a minute at most. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 60_000;
  while (!(await holds())) {
    if (performance.now() > end) {
      throw new Error('It did not come to hold in time');
    }
    await sleep(20);
  }
}
