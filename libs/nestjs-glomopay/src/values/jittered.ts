/**
 * The time, times a random factor from least to most: what began together does not go on together.
 *
 * @param random Gives a number in [0, 1).
 */
export function jittered(ms: number, [least, most]: Spread, random: () => number): number {
  return ms * (least + (most - least) * random());
}

/** The least and the most factor: `[0.8, 1.2]` is ± 20 %. */
export type Spread = readonly [least: number, most: number];
