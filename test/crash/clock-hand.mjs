import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from '../storm/random.mjs';

// Lets the sweeper's time pass in leaps while buyers pay, so that it looks at payments that the
// buyers' own browsers bring home at that very moment.
export function turnClock({ hosts, shop, seed }) {
  const random = randomOf(seed, 'clock');
  const stop = new AbortController();
  const turning = turn();
  return async () => {
    stop.abort();
    await turning;
  };

  async function turn() {
    while (!stop.signal.aborted) {
      await pause(random.between(500, 2500));
      // Only beside a host that is up: the first to open a database after a crash recovers it.
      if (hosts.all.every(({ isUp }) => isUp)) {
        await shop.passTime({ checksBelow: 20 }).catch(() => undefined);
      }
    }
  }
}
