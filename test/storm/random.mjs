import { createHash } from 'node:crypto';

// A stream of numbers that a seed and labels fix. Everything that draws has a stream of its own, so
// what one buyer does never depends on how often another one drew.
export function randomOf(...labels) {
  let state = createHash('sha256').update(labels.join('\0')).digest().readUInt32LE(0);

  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const between = (least, most) => least + Math.floor(next() * (most - least + 1));

  return {
    between,
    chance: (probability) => next() < probability,
    pick: (list) => list[between(0, list.length - 1)],
    // The key of one entry, by the weights that are the values.
    weighted(weights) {
      const entries = Object.entries(weights);
      let rest = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      const found = entries.find(([, weight]) => (rest -= weight) < 0);
      return (found ?? entries.at(-1))[0];
    },
  };
}
