/**
 * Counts what is left in memory, so that nothing may be left there by other files.
 *
 * @jest-environment node
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { StillClock } from '../../test/still-clock.js';
import { HmacVerifier } from '../signing/hmac-verifier.js';
import type { GlomopayKeysGiven } from './key-provider.js';
import { configOfTexts, resolveConfig } from './resolve-config.js';
import { SealedOptions } from './sealed-options.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Those that keep the process alive. */
const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

/** Lets what is over be seen as over, and drops it. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
}

async function ringOf(give: () => GlomopayKeysGiven | Promise<GlomopayKeysGiven>) {
  const clock = new StillClock();
  const options = { secretKey: give, keyRotation: { refreshTimeoutMs: 1 } };
  const { secretKeys: ring } = await resolveConfig(new SealedOptions(options), clock);
  ring.open(() => undefined);
  return { clock, ring };
}

describe('Keys that change for a long time', () => {
  it('grow neither memory nor timers: readings that change, that fail, and that hang', async () => {
    let made = 0;
    let isHanging = false;
    const { ring } = await ringOf(() => {
      if (isHanging) return new Promise<never>(() => undefined);
      made += 1;
      if (made % 3 === 0) throw new Error('down');
      // Large, so that a key that is kept shows.
      return `key-${made}-`.padEnd(20_000, 'k9x4f1c');
    });
    const verifier = new HmacVerifier(ring);
    const read = async (times: number) => {
      for (let time = 0; time < times; time += 1) {
        await ring.news('asked');
        verifier.matches('message', '0'.repeat(64));
      }
      await settle();
    };
    await read(100);
    const before = { heap: process.memoryUsage().heapUsed, timers: timers() };
    await read(1_500);
    isHanging = true;
    await read(100);
    expect(ring.active()).toHaveLength(17);
    // A thousand of those keys are 20 MB.
    expect(process.memoryUsage().heapUsed - before.heap).toBeLessThan(8_000_000);
    expect(timers()).toBeLessThanOrEqual(before.timers);
    ring.close();
    await settle();
    expect(timers()).toBeLessThanOrEqual(before.timers);
  });

  it('leave nothing of a key that no longer counts, also in what verifies', async () => {
    let key = 'key-of-yesterday-1f0c2e';
    const { ring, clock } = await ringOf(() => ({ keys: key, graceMs: 1_000 }));
    const verifier = new HmacVerifier(ring);
    verifier.matches('message', '0'.repeat(64));
    const old = new WeakRef(ring.active()[0]);
    key = 'key-of-today-1f0c2e';
    await ring.news('asked');
    verifier.matches('message', '0'.repeat(64));
    await settle();
    expect(old.deref()).toBeDefined();
    clock.pass(1_000);
    ring.active();
    await settle();
    expect(old.deref()).toBeUndefined();
    ring.close();
  });
});

describe('Keys that are given as texts', () => {
  it('have nothing to wait for, no timer and no news', () => {
    const before = timers();
    const { secretKeys } = configOfTexts(new SealedOptions({ secretKey: 'key-of-today-1f0c2e' }));
    secretKeys.open(() => undefined);
    expect(secretKeys.news('refused')).toBeUndefined();
    expect(secretKeys.active()).toBe(secretKeys.active());
    expect(timers()).toBe(before);
    secretKeys.close();
  });
});
