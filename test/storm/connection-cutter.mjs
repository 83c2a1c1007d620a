import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from './random.mjs';

const PATIENCE_MS = 30_000;
// How long one in the middle of something is waited for, before whatever is there is cut: when buyers
// have gone, hosts may have nothing to do.
const BUSY_PATIENCE_MS = 5000;
const LOOK_EVERY_MS = 20;

// Terminates connections of the processes to their database, as a failover or an administrator does:
// each time that a random number of steps has been taken and at most a second later, all of them or
// only those that are in the middle of something, if any is soon. A process that is just starting is
// spared, since it would be right to give up. Gives how many connections were cut.
export async function cutConnections({ processes, storage, seed, cuts, steps, taken }) {
  const random = randomOf(seed, 'cuts');
  const moments = Array.from({ length: cuts }, () => random.between(1, steps)).toSorted(
    (one, other) => one - other,
  );
  let connections = 0;
  for (const moment of moments) {
    while (taken() < moment) await pause(LOOK_EVERY_MS);
    await pause(random.between(0, 1000));
    connections += await cutOnce(processes, storage, random.chance(0.5));
  }
  return connections;
}

async function cutOnce(processes, storage, busyOnly) {
  const start = Date.now();
  for (; Date.now() < start + PATIENCE_MS; await pause(LOOK_EVERY_MS)) {
    if (!processes.all.every(({ isUp }) => isUp)) continue;
    const count = await storage.cutConnections(busyOnly && Date.now() < start + BUSY_PATIENCE_MS);
    if (count > 0) return count;
  }
  return 0;
}
