import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from './random.mjs';

const DYING_WHILE_STARTING = 0.15;

// Kills hosts at random moments while buyers pay: when a random number of checkouts has begun, and
// then up to two seconds later; sometimes a second time while the host is still starting.
export async function killHosts({ hosts, seed, kills, payments, begun }) {
  const random = randomOf(seed, 'kills');
  const moments = Array.from({ length: kills }, () => random.between(1, payments)).toSorted(
    (one, other) => one - other,
  );
  while (hosts.kills < kills) {
    const moment = moments[hosts.kills];
    while (begun() < moment) await pause(10);
    await pause(random.between(0, 2000));
    const victim = random.pick(hosts.all);
    await victim.kill();
    await pause(random.chance(0.3) ? random.between(0, 1500) : 0);
    victim.spawn();
    while (hosts.kills < kills && random.chance(DYING_WHILE_STARTING)) {
      await pause(random.between(0, 1500));
      await victim.kill();
      victim.spawn();
    }
    if (!(await victim.ready())) return;
  }
}
