/** The quartiles of a list of numbers, by linear interpolation. */
export function quartiles(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => {
    const place = share * (sorted.length - 1);
    const below = sorted[Math.floor(place)];
    return below + (sorted[Math.ceil(place)] - below) * (place % 1);
  };
  return { q1: at(0.25), median: at(0.5), q3: at(0.75) };
}

/** Microseconds of CPU, user and system together, that this process has used since `start`. */
export function cpuSince(start) {
  const { user, system } = process.cpuUsage(start);
  return user + system;
}

/** CPU microseconds of one of `count` calls of a synchronous function. */
export function cpuPerCall(count, call) {
  const start = process.cpuUsage();
  for (let index = 0; index < count; index += 1) call(index);
  return cpuSince(start) / count;
}

/** With `BENCH_ROUNDS=1` a row is tried, and measures nothing: every contender once, without a warm-up. */
const MOST_ROUNDS = Number(process.env.BENCH_ROUNDS ?? Infinity);
/** Whether the figures are good for the page. */
export const isMeasured = MOST_ROUNDS === Infinity;

/**
 * Measures several contenders against each other: in every round each of them once, the order turned
 * by one from round to round, so that what the machine does meanwhile hits all of them alike. Gives
 * one list of costs per contender; entries at the same place belong to the same round.
 */
export async function interleave(contenders, { rounds: asked, warmUp: asWarmUp }) {
  const [rounds, warmUp] = isMeasured ? [asked, asWarmUp] : [Math.min(asked, MOST_ROUNDS), 0];
  const names = Object.keys(contenders);
  const costs = Object.fromEntries(names.map((name) => [name, []]));
  for (let round = -warmUp; round < rounds; round += 1) {
    const shift = (round + warmUp) % names.length;
    for (const name of [...names.slice(shift), ...names.slice(0, shift)]) {
      const cost = await contenders[name]();
      if (round >= 0) costs[name].push(cost);
    }
  }
  return costs;
}

/** Round by round, `left` divided by `right`; of these the quartiles. */
export function ratio(left, right) {
  return quartiles(left.map((cost, round) => cost / right[round]));
}

/** Round by round, `left` less `right`; of these the quartiles. */
export function difference(left, right) {
  return quartiles(left.map((cost, round) => cost - right[round]));
}
