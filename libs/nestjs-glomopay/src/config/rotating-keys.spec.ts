import { AsyncLocalStorage } from 'node:async_hooks';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { StillClock } from '../../test/still-clock.js';
import { reveal } from '../values/secret.js';
import type { GlomopayKeysGiven, GlomopayKeySource } from './key-provider.js';
import { readKeysFrom, type KeyReading } from './key-reading.js';
import type { KeyRefresh } from './key-ring.js';
import { webhookSecretRules } from './key-rules.js';
import { RotatingKeys } from './rotating-keys.js';

const [A, B, C] = ['whsec_alpha_1f0c2e', 'whsec_bravo_1f0c2e', 'whsec_charlie_1f0c2e'];
const EVERY_MS = 300_000;
const GRACE_MS = 1_000_000;

type Giving = () => GlomopayKeysGiven | Promise<GlomopayKeysGiven>;

/** What a reading of `A` gives. */
const FIRST: KeyReading = {
  keys: [A],
  environment: undefined,
  faults: [],
  expiresAt: Infinity,
  graceMs: undefined,
};

const origin = (source: GlomopayKeySource, timeoutMs: number) =>
  ({ option: 'webhookSecret', source, rules: webhookSecretRules, timeoutMs }) as const;

/** A ring of webhook secrets that follows a source from its first reading. */
function ringOf(
  source: GlomopayKeySource,
  clock: StillClock,
  first: KeyReading,
  timeoutMs = 1_000,
): RotatingKeys {
  return new RotatingKeys(
    {
      option: 'webhookSecret',
      source,
      clock,
      read: (from, ending) => readKeysFrom(origin(from, timeoutMs), ending),
      refreshEveryMs: EVERY_MS,
      graceMs: GRACE_MS,
    },
    first,
  );
}

/** A vault, and the ring that follows it. */
class Followed {
  readonly clock = new StillClock();
  readonly told: KeyRefresh[] = [];
  readings = 0;
  give: Giving;
  changed: () => void = () => undefined;
  unsubscribed = 0;
  ring!: RotatingKeys;

  private constructor(give: Giving) {
    this.give = give;
  }

  static async start(first: GlomopayKeysGiven, timeoutMs = 5_000): Promise<Followed> {
    const followed = new Followed(() => first);
    const source: GlomopayKeySource = {
      current: () => {
        followed.readings += 1;
        return followed.give();
      },
      onChange: (changed) => {
        followed.changed = changed;
        return () => void (followed.unsubscribed += 1);
      },
    };
    followed.ring = ringOf(
      source,
      followed.clock,
      await readKeysFrom(origin(source, timeoutMs)),
      timeoutMs,
    );
    followed.ring.open((refresh) => void followed.told.push(refresh));
    return followed;
  }

  get active(): string[] {
    return this.ring.active().map(reveal);
  }

  /** Uses a key once that time has passed, and waits for what it leads to. */
  async usedAfter(ms: number): Promise<void> {
    this.clock.pass(ms);
    this.ring.active();
    await this.settled();
  }

  /** Waits until no reading is under way. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const opened: Followed[] = [];
const follow = async (first: GlomopayKeysGiven, timeoutMs?: number): Promise<Followed> => {
  const followed = await Followed.start(first, timeoutMs);
  opened.push(followed);
  return followed;
};
afterEach(() => {
  opened.splice(0).forEach(({ ring }) => ring.close());
  jest.useRealTimers();
});

describe('RotatingKeys: when keys are read', () => {
  it('gives what was read at boot, as the same list, without asking', async () => {
    const { ring, ...followed } = await follow([A, B]);
    expect(ring.active().map(reveal)).toEqual([A, B]);
    expect(ring.active()).toBe(ring.active());
    expect(followed.readings).toBe(1);
  });

  it('asks again at the first use once its time has come, and answers with what it has', async () => {
    const vault = await follow(A);
    vault.give = () => B;
    vault.clock.pass(EVERY_MS - 1);
    expect(vault.active).toEqual([A]);
    expect(vault.readings).toBe(1);
    vault.clock.pass(1);
    expect(vault.active).toEqual([A]);
    await vault.settled();
    expect([vault.readings, vault.active]).toEqual([2, [B, A]]);
    expect(vault.told).toEqual([
      { cause: 'due', result: 'changed', fault: undefined, durationMs: 0 },
    ]);
  });

  it('asks by a timer where nobody uses a key, and the timer keeps no process alive', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'performance'] });
    const vault = await follow(A);
    vault.give = () => B;
    vault.clock.pass(EVERY_MS);
    expect(jest.getTimerCount()).toBe(1);
    await jest.advanceTimersByTimeAsync(EVERY_MS);
    expect(vault.readings).toBe(2);
    vault.ring.close();
    expect(jest.getTimerCount()).toBe(0);
  });

  it('asks a minute before an announced end', async () => {
    const vault = await follow(A);
    const expiresAt = new Date(vault.clock.date() + EVERY_MS + 200_000);
    vault.give = () => ({ keys: A, expiresAt });
    await vault.usedAfter(EVERY_MS);
    await vault.usedAfter(139_999);
    expect(vault.readings).toBe(2);
    await vault.usedAfter(1);
    expect(vault.readings).toBe(3);
  });

  it('does not ask in a loop for keys that have ended already', async () => {
    const vault = await follow(A);
    vault.give = () => ({ keys: A, expiresAt: new Date(0) });
    await vault.usedAfter(EVERY_MS);
    for (let second = 0; second < 9; second += 1) {
      await vault.usedAfter(1_000);
    }
    expect(vault.readings).toBe(2);
    await vault.usedAfter(1_000);
    expect(vault.readings).toBe(3);
  });

  it('asks in no caller’s async context', async () => {
    const vault = await follow(A);
    const tenant = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    vault.give = () => {
      seen.push(tenant.getStore());
      return B;
    };
    await tenant.run('emea', async () => {
      await vault.ring.news('refused');
      expect(tenant.getStore()).toBe('emea');
    });
    expect(seen).toEqual([undefined]);
  });
});

describe('RotatingKeys: what is told of a change', () => {
  it('is read at once, and notices that come together lead to one reading', async () => {
    const vault = await follow(A);
    vault.give = () => B;
    vault.changed();
    vault.changed();
    vault.changed();
    await vault.settled();
    // One for the first, one for those that came while it was under way.
    expect(vault.readings).toBe(3);
    expect(vault.active).toEqual([B, A]);
    expect(vault.told.map(({ cause, result }) => [cause, result])).toEqual([
      ['notified', 'changed'],
      ['notified', 'unchanged'],
    ]);
  });

  it('is read again when it comes while a reading is under way, which may have been too early', async () => {
    const vault = await follow(A);
    let answer: (keys: string) => void = () => undefined;
    vault.give = () => new Promise((resolve) => (answer = resolve));
    const asked = vault.ring.news('refused');
    await vault.settled();
    vault.changed();
    vault.give = () => C;
    answer(A);
    expect(await asked).toBe(false);
    await vault.settled();
    expect(vault.active).toEqual([C, A]);
  });

  it('does not spin when a source tells of a change each time it is read', async () => {
    const vault = await follow(A);
    vault.give = () => {
      vault.changed();
      return A;
    };
    vault.changed();
    await vault.settled();
    await vault.settled();
    expect(vault.readings).toBe(2);
    await vault.usedAfter(999);
    expect(vault.readings).toBe(2);
    await vault.usedAfter(1);
    expect(vault.readings).toBe(3);
  });

  it('ends with the ring: no notice, no reading, and keys that stay', async () => {
    const vault = await follow(A);
    vault.give = () => B;
    vault.ring.close();
    vault.ring.close();
    expect(vault.unsubscribed).toBe(1);
    vault.changed();
    vault.clock.pass(10 * EVERY_MS);
    expect([vault.active, vault.ring.news('refused')]).toEqual([[A], undefined]);
    await vault.settled();
    expect([vault.readings, vault.active]).toEqual([1, [A]]);
  });
});

describe('RotatingKeys: whoever asks for news', () => {
  it('shares one reading with everyone, and knows whether there are others now', async () => {
    const vault = await follow(A);
    vault.give = () => B;
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => vault.ring.news('refused')),
    );
    expect(new Set(answers)).toEqual(new Set([true]));
    expect(vault.readings).toBe(2);
  });

  it('is not heard for ten seconds after a reading without news, whoever else is', async () => {
    const vault = await follow(A);
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, () => vault.ring.news('unknown_signature')),
    );
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1_000 - 256);
    expect(answers).not.toContain(true);
    expect(vault.readings).toBe(2);
    vault.clock.pass(9_999);
    expect(vault.ring.news('unknown_signature')).toBeUndefined();
    // Forgeries do not keep a refused call from asking.
    expect(await vault.ring.news('refused')).toBe(false);
    expect(vault.readings).toBe(3);
    vault.clock.pass(1);
    expect(await vault.ring.news('unknown_signature')).toBe(false);
    expect(vault.readings).toBe(4);
  });

  it('is heard at once again after a reading that has brought something', async () => {
    const vault = await follow(A);
    vault.give = () => B;
    expect(await vault.ring.news('unknown_signature')).toBe(true);
    vault.give = () => C;
    expect(await vault.ring.news('unknown_signature')).toBe(true);
    expect(vault.active).toEqual([C, B, A]);
  });

  it('is not heard either where the copies of a vault disagree, and each reading gives another of a few', async () => {
    const vault = await follow(A);
    const copies = [B, A, [A, B], [B, A], [A]];
    vault.give = () => copies[vault.readings % copies.length] ?? A;
    for (let n = 0; n < 100; n += 1) await vault.ring.news('unknown_signature');
    // The one that has brought B, and the next.
    expect(vault.readings).toBe(3);
    expect(vault.active.toSorted()).toEqual([A, B]);
    // What signs may have changed: who was refused looks at that.
    const signing = vault.active[0];
    vault.give = () => [signing === A ? B : A];
    expect(await vault.ring.news('refused')).toBe(false);
    expect(vault.active[0]).not.toBe(signing);
  });

  it('is always heard when it is the application', async () => {
    const vault = await follow(A);
    await vault.ring.news('asked');
    await vault.ring.news('asked');
    expect(vault.readings).toBe(3);
  });
});

describe('RotatingKeys: keys of before', () => {
  it('verify until the millisecond at which their grace ends, and then are nowhere', async () => {
    const vault = await follow(A);
    vault.give = () => B;
    await vault.ring.news('asked');
    vault.clock.pass(GRACE_MS - 1);
    expect(vault.ring.state()).toMatchObject({ present: 1, older: 1 });
    expect(vault.active).toEqual([B, A]);
    vault.clock.pass(1);
    expect(vault.active).toEqual([B]);
    expect(vault.ring.state()).toMatchObject({ present: 1, older: 0 });
  });

  it('are dropped by a timer where nobody verifies', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'performance'] });
    const vault = await follow(A);
    vault.give = () => ({ keys: B, graceMs: 2_000 });
    await vault.ring.news('asked');
    const before = vault.ring.active();
    vault.clock.pass(2_000);
    await jest.advanceTimersByTimeAsync(2_000);
    expect(vault.ring.active()).not.toBe(before);
  });

  it('count anew from when they are no longer given, and come back as the same secret', async () => {
    const vault = await follow(A);
    const [first] = vault.ring.active();
    vault.give = () => [B, A];
    await vault.ring.news('asked');
    vault.clock.pass(GRACE_MS * 2);
    expect(vault.active).toEqual([B, A]);
    expect(vault.ring.active()[1]).toBe(first);
    vault.give = () => [B];
    await vault.ring.news('asked');
    expect(vault.active).toEqual([B, A]);
    vault.give = () => A;
    await vault.ring.news('asked');
    expect(vault.ring.active()[0]).toBe(first);
    expect(vault.active).toEqual([A, B]);
  });

  it('are gone at once when a reading says so, as after a leak', async () => {
    const vault = await follow(A);
    vault.give = () => B;
    await vault.ring.news('asked');
    vault.give = () => ({ keys: B, graceMs: 0 });
    await vault.ring.news('asked');
    expect(vault.active).toEqual([B]);
  });

  it('are at most sixteen, the youngest, whatever a source invents', async () => {
    const vault = await follow('whsec_k9x_4f1c_00000');
    for (let made = 1; made <= 100; made += 1) {
      vault.give = () => `whsec_k9x_4f1c_${String(made).padStart(5, '0')}`;
      await vault.ring.news('asked');
    }
    expect(vault.active).toHaveLength(17);
    expect(vault.active.at(-1)).toBe('whsec_k9x_4f1c_00084');
  });
});

describe('RotatingKeys: a vault that is no good', () => {
  class VaultError extends Error {
    override readonly name = 'VaultError';
    readonly code = 'EACCES';
  }

  it.each<[string, Giving, string]>([
    [
      'throws',
      () => {
        throw new VaultError(`no lease for ${B}`);
      },
      'webhookSecret: its provider failed (VaultError EACCES)',
    ],
    [
      'rejects',
      () => Promise.reject(new TypeError(`bad token ${B}`)),
      'webhookSecret: its provider failed (TypeError)',
    ],
    ['rejects with a text', () => Promise.reject(B), 'webhookSecret: its provider failed (Error)'],
    [
      'gives nothing',
      () => undefined as unknown as string,
      'webhookSecret must be a text or a list of texts',
    ],
    ['gives an empty list', () => [], 'webhookSecret must hold at least one key that is not empty'],
    [
      'gives too short a key',
      () => ({ keys: ['short'] }),
      'webhookSecret must hold keys of at least 16 characters',
    ],
    [
      'gives a placeholder',
      () => 'GLOMOPAY_WEBHOOK_SECRET',
      'webhookSecret must not hold a placeholder or a published example; use the value that the dashboard shows',
    ],
    [
      'gives an end that is none',
      () => ({ keys: B, expiresAt: new Date(Number.NaN) }),
      'webhookSecret: its provider gave an expiresAt that is no date',
    ],
    [
      'gives a grace that is none',
      () => ({ keys: B, graceMs: -1 }),
      'webhookSecret: its provider gave a graceMs that is no whole number, 0 or more',
    ],
    [
      'gives what cannot be read',
      () => ({
        get keys(): string {
          throw new Error(B);
        },
      }),
      'webhookSecret: what its provider gave cannot be read',
    ],
  ])('%s: what worked goes on, and it is told in words of ours', async (_, give, fault) => {
    const vault = await follow(A);
    vault.give = give;
    expect(await vault.ring.news('refused')).toBe(false);
    expect(vault.active).toEqual([A]);
    expect(vault.told).toEqual([{ cause: 'refused', result: 'failed', fault, durationMs: 0 }]);
    expect(vault.ring.state().fault).toBe(fault);
    vault.give = () => B;
    await vault.ring.news('asked');
    expect([vault.active, vault.ring.state().fault]).toEqual([[B, A], undefined]);
  });

  it('hangs: nobody waits longer than its time, its signal says so, and a late answer is not heard', async () => {
    jest.useFakeTimers({ doNotFake: ['setImmediate', 'performance'] });
    const vault = await follow(A, 200);
    let answer: (keys: string) => void = () => undefined;
    vault.give = () => new Promise((resolve) => (answer = resolve));
    const news = vault.ring.news('refused');
    await jest.advanceTimersByTimeAsync(200);
    expect(await news).toBe(false);
    expect(vault.told).toMatchObject([
      { result: 'failed', fault: 'webhookSecret: its provider has given nothing within 200 ms' },
    ]);
    answer(B);
    await vault.settled();
    expect(vault.active).toEqual([A]);
  });

  it('is asked again within half a minute, however rarely it is asked otherwise', async () => {
    const vault = await follow(A);
    vault.give = () => Promise.reject(new VaultError());
    await vault.ring.news('refused');
    vault.give = () => B;
    await vault.usedAfter(30_000);
    expect(vault.active).toEqual([B, A]);
  });

  it('leaves nothing behind when the application ends while it hangs', async () => {
    const vault = await follow(A, 60_000);
    let aborted = false;
    const source: GlomopayKeySource = {
      current: (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => {
            aborted = true;
            reject(new Error('aborted'));
          });
        }),
    };
    const hanging = ringOf(source, vault.clock, FIRST, 60_000);
    const news = hanging.news('asked');
    await vault.settled();
    hanging.close();
    expect(await news).toBe(false);
    expect(aborted).toBe(true);
  });
});

describe('RotatingKeys: another source', () => {
  it('is read at once, and nobody hears the one before any more', async () => {
    const followed = await follow([A]);
    const { ring } = followed;
    const heardBefore = followed.changed;
    let end = 0;
    let readings = 0;
    ring.follow({
      current: () => {
        readings += 1;
        return [B];
      },
      onChange: () => () => void (end += 1),
    });
    expect([followed.unsubscribed, readings]).toEqual([1, 0]);
    await followed.settled();
    expect([followed.active, readings]).toEqual([[B, A], 1]);
    heardBefore();
    await followed.settled();
    expect([followed.readings, readings]).toEqual([1, 1]);
    ring.close();
    expect(end).toBe(1);
    ring.follow({ current: () => [C] });
    await followed.settled();
    expect(followed.active).toEqual([B, A]);
  });

  it('is read after the reading of the one before that is under way', async () => {
    const followed = await follow([A]);
    let answer: (keys: string[]) => void = () => undefined;
    followed.give = () => new Promise((resolve) => (answer = resolve));
    const news = followed.ring.news('asked');
    await followed.settled();
    followed.ring.follow({ current: () => [C] });
    answer([B]);
    expect(await news).toBe(true);
    await followed.settled();
    expect(followed.active).toEqual([C, B, A]);
  });
});

describe('RotatingKeys: what others throw', () => {
  it('does not keep keys from being read again: a listener, such as a logger', async () => {
    const { ring, give: _, ...followed } = await follow([A]);
    ring.close();
    const loud = ringOf({ current: () => [B] }, new StillClock(), FIRST);
    let told = 0;
    loud.open(() => {
      told += 1;
      throw new Error('c4n4ry');
    });
    expect(await loud.news('asked')).toBe(true);
    expect(await loud.news('asked')).toBe(false);
    expect([told, loud.active().map(reveal)]).toEqual([2, [B, A]]);
    loud.close();
    expect(followed.told).toEqual([]);
  });

  it('is heard by nobody when what ends a subscription fails, at once or later', async () => {
    const followed = await follow([A]);
    const unheard: unknown[] = [];
    const hear = (thrown: unknown): void => void unheard.push(thrown);
    process.on('unhandledRejection', hear);
    const end = () => Promise.reject(new Error('c4n4ry')) as unknown as void;
    followed.ring.follow({ current: () => [A], onChange: () => end });
    followed.ring.close();
    await followed.settled();
    process.off('unhandledRejection', hear);
    expect(unheard).toEqual([]);
  });

  it('is a fault of who begins to listen by a promise: nothing could end it', async () => {
    const { ring } = await follow([A]);
    const onChange = () => Promise.reject(new Error('c4n4ry')) as unknown as void;
    expect(() => ring.follow({ current: () => [A], onChange })).toThrow(/no promise/);
  });
});

describe('RotatingKeys, printed', () => {
  it('show no key, however they are printed, cloned or walked', async () => {
    const vault = await follow([A, B]);
    vault.give = () => C;
    await vault.ring.news('asked');
    const { ring } = vault;
    const printed = [
      inspect(ring, { depth: 10, showHidden: true, getters: true }),
      inspect(ring, { depth: 10, customInspect: false, showHidden: true }),
      inspect(ring.active(), { depth: 10, customInspect: false, showHidden: true }),
      JSON.stringify(ring),
      JSON.stringify(ring.state()),
      JSON.stringify(structuredClone({ ...ring })),
      String(ring.active()),
      inspect(vault.told),
    ].join('\n');
    for (const key of [A, B, C]) expect(printed).not.toContain(key);
  });
});
