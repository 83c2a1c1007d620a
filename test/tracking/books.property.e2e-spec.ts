import { describe, expect, it } from '@jest/globals';
import { MemoryTrackingStore } from 'nestjs-glomopay';
import { audit } from './books/audit.js';
import { gatewayActions } from './books/gateway-actions.js';
import { hostActions } from './books/host-actions.js';
import { World } from './books/world.js';

/** `BOOKS_SEEDS=300` or `BOOKS_SEEDS=17-40` compares more of them. */
const [first = 1, last = first] = (process.env['BOOKS_SEEDS'] ?? '1-6').split('-').map(Number);
const STEPS = Number(process.env['BOOKS_STEPS'] ?? 60);

describe('The books of a shop and those of the gateway', () => {
  const seeds = Array.from({ length: last - first + 1 }, (_, index) => first + index);

  it.each(seeds)('say the same when all has calmed down (seed %i)', async (seed) => {
    const world = await World.open(seed, (clock) => new MemoryTrackingStore(clock));
    try {
      for (let step = 0; step < STEPS; step += 1) {
        const count = world.dice.chance(0.3) ? 3 : 1;
        const some = Array.from({ length: count }, () =>
          world.dice.pick(world.dice.chance(0.5) ? hostActions : gatewayActions),
        );
        await Promise.all(some.map((one) => one(world)));
      }
      await world.calms();
      const faults = await audit(world);
      expect(faults.length === 0 ? [] : [...faults, ...world.log]).toEqual([]);
    } finally {
      await world.close();
    }
  });
});
