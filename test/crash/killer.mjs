import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from '../storm/random.mjs';

const DYING_WHILE_STARTING = 0.15;
const AIMED = 0.5;
const AIM_MS = 1500;
const AIM_EVERY_MS = 25;

// Kills hosts while buyers pay: when a random number of checkouts has begun, either at most a second
// and a half later or in the middle of a write to the database; sometimes a second time while the
// host is still starting. Gives how many were killed in the middle of a write.
export async function killHosts({ hosts, storage, seed, kills, payments, begun }) {
  const random = randomOf(seed, 'kills');
  const moments = Array.from({ length: kills }, () => random.between(1, payments)).toSorted(
    (one, other) => one - other,
  );
  let duringWrites = 0;
  while (hosts.kills < kills) {
    const moment = moments[hosts.kills];
    while (begun() < moment) await pause(10);
    const victim = random.pick(hosts.all);
    if (!random.chance(AIMED)) await pause(random.between(0, 1500));
    else if (await writes(hosts, storage)) duringWrites += 1;
    await victim.kill();
    await pause(random.chance(0.3) ? random.between(0, 1500) : 0);
    victim.spawn();
    while (hosts.kills < kills && random.chance(DYING_WHILE_STARTING)) {
      await pause(random.between(0, 1500));
      await victim.kill();
      victim.spawn();
    }
    if (!(await victim.ready())) break;
  }
  return duringWrites;
}

// Resolves as soon as a write is half done; false when none is within the time. Two looks in a row,
// because a write that is not slowed down would be over before the kill.
async function writes(hosts, storage) {
  let looks = 0;
  for (const end = Date.now() + AIM_MS; Date.now() < end; await pause(AIM_EVERY_MS)) {
    const isBusy = hosts.all.every(({ isUp }) => isUp) && (await storage.isWriting());
    looks = isBusy ? looks + 1 : 0;
    if (looks === 2) return true;
  }
  return false;
}
