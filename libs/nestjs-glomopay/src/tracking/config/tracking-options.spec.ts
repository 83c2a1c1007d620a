import { describe, expect, it } from '@jest/globals';
import { GlomopayConfigurationError } from '../../errors/configuration.error.js';
import { InProcessEngine } from '../engine/in-process-engine.js';
import { MemoryTrackingStore } from '../store/memory/memory-tracking-store.js';
import { trackingConfig } from './tracking-options.js';

const store = new MemoryTrackingStore();

function faultsOf(options: unknown): readonly string[] {
  try {
    trackingConfig(options, 'emea');
    return [];
  } catch (thrown) {
    if (thrown instanceof GlomopayConfigurationError) return thrown.faults;
    throw thrown;
  }
}

const defaults = {
  sweep: { everyMs: 10_000, firstCheckMs: 30_000, maxChecks: 60, batch: 50 },
  inbox: {
    handlerTimeoutMs: 55_000,
    maxTries: 12,
    retryBaseMs: 1_000,
    retryMaxMs: 3_600_000,
    pollEveryMs: 1_000,
  },
};

describe('trackingConfig', () => {
  it('fills in every default', () => {
    const { engine, ...config } = trackingConfig({ store }, 'emea');
    expect(engine).toBeInstanceOf(InProcessEngine);
    expect(config).toEqual({
      account: 'emea',
      store,
      migrate: true,
      retention: {},
      work: true,
      history: true,
      ...defaults,
    });
  });

  it('takes undefined for not given, everywhere', () => {
    const absent = (group: object) =>
      Object.fromEntries(Object.keys(group).map((name) => [name, undefined]));
    const config = trackingConfig(
      {
        store,
        engine: undefined,
        migrate: undefined,
        work: undefined,
        sweep: absent(defaults.sweep),
        inbox: absent(defaults.inbox),
      },
      'emea',
    );
    expect(config).toMatchObject({ migrate: true, work: true, ...defaults });
    expect(faultsOf({ store, sweep: undefined, inbox: undefined })).toEqual([]);
  });

  const limits: readonly [string, number, number][] = [
    ['sweep.everyMs', 100, 3_600_000],
    ['sweep.firstCheckMs', 0, 86_400_000],
    ['sweep.maxChecks', 1, 10_000],
    ['sweep.batch', 1, 1_000],
    ['inbox.handlerTimeoutMs', 1, 3_600_000],
    ['inbox.maxTries', 1, 1_000],
    ['inbox.retryBaseMs', 1, 3_600_000],
    ['inbox.retryMaxMs', 1, 86_400_000],
    ['inbox.pollEveryMs', 10, 3_600_000],
  ];
  it.each(limits)('bounds %s to %d and %d', (option, lowest, highest) => {
    const [group = '', member = ''] = option.split('.');
    const given = (value: unknown) => ({ store, [group]: { [member]: value } });
    expect(faultsOf(given(lowest))).toEqual([]);
    expect(faultsOf(given(highest))).toEqual([]);
    const bad = [lowest - 1, highest + 1, NaN, Infinity, -1, 1.5, '5', '', null, true, 5n, [5]];
    for (const value of bad.filter((candidate) => !Object.is(candidate, 0))) {
      expect(faultsOf(given(value))).toEqual([
        expect.stringMatching(
          new RegExp(`^${option} must be .*whole number from ${lowest} to ${highest}$`),
        ),
      ]);
    }
  });

  it.each(['sweep.everyMs', 'inbox.pollEveryMs'])('takes 0 for never as %s', (option) => {
    const [group = '', member = ''] = option.split('.');
    const config: unknown = trackingConfig({ store, [group]: { [member]: 0 } }, 'emea');
    expect(config).toMatchObject({ [group]: { [member]: 0 } });
  });

  const hostile: readonly [string, string, unknown][] = [
    ['nothing', 'the tracking options', undefined],
    ['null', 'the tracking options', null],
    ['a list', 'the tracking options', [store]],
    ['a store in its own place', 'GlomopayTrackingModule', Object.assign({ store }, { stroe: 1 })],
    ['no store', 'store', {}],
    ['a store of null', 'store', { store: null }],
    ['a promise of a store', 'store', { store: Promise.resolve(store) }],
    ['the class of a store', 'store', { store: MemoryTrackingStore }],
    ['an adapter for a store', 'store', { store: { query: () => [], transaction: () => [] } }],
    ['an engine of null', 'engine', { store, engine: null }],
    ['the class of an engine', 'engine', { store, engine: InProcessEngine }],
    ['a connection for an engine', 'engine', { store, engine: { host: 'c4n4ry' } }],
    ['a migrate of null', 'migrate', { store, migrate: null }],
    ['a text for migrate', 'migrate', { store, migrate: 'false' }],
    ['a sweep of null', 'sweep', { store, sweep: null }],
    ['a sweep that is a list', 'sweep', { store, sweep: [] }],
    ['a misspelled sweep option', 'sweep', { store, sweep: { everyMS: 1_000 } }],
    ['a misspelled inbox option', 'inbox', { store, inbox: { maxTrys: 3 } }],
    ['an inbox that is a number', 'inbox', { store, inbox: 3 }],
  ];
  it.each(hostile)('refuses %s, and blames %s alone', (_, option, options) => {
    expect(faultsOf(options)).toEqual([expect.stringMatching(new RegExp(`^${option} `))]);
  });

  it('names the method that a store lacks', () => {
    const half = Object.assign(Object.create(store) as object, { claimDue: undefined });
    expect(faultsOf({ store: half })).toEqual([
      'store must be a TrackingStore; it has no method claimDue',
    ]);
  });

  it('names the method that an inbox lacks', () => {
    const { insert } = store;
    const half = Object.create(store, { inbox: { value: { insert } } }) as object;
    expect(faultsOf({ store: half })).toEqual([
      'store.inbox must be an InboxStore; it has no method claim',
    ]);
  });

  it('takes a store and an engine that are no instances of its classes', () => {
    const methods = (source: object) =>
      Object.fromEntries(
        Object.getOwnPropertyNames(Object.getPrototypeOf(source)).map((name) => [
          name,
          () => undefined,
        ]),
      );
    const foreign = { ...methods(store), inbox: methods(store.inbox) };
    const engine = methods(new InProcessEngine());
    expect(trackingConfig({ store: foreign, engine }, 'emea')).toMatchObject({
      store: foreign,
      engine,
    });
  });

  it('lists every fault at once, and no value', () => {
    const faults = faultsOf({
      store: 'c4n4ry',
      engine: 'c4n4ry',
      migrate: 'c4n4ry',
      sweep: { everyMs: 'c4n4ry', c4n4ry: 1 },
      inbox: { maxTries: 739_739, pollEveryMs: -739_739 },
      c4n4ry: true,
    });
    expect(faults).toHaveLength(8);
    expect(faults.join()).not.toMatch(/c4n4ry|739/);
  });

  it('names an option that cannot be read, and nothing of what its getter threw', () => {
    const options = {
      store,
      get sweep(): never {
        throw new Error('c4n4ry');
      },
    };
    expect(faultsOf(options)).toEqual(['sweep cannot be read']);
  });
});
