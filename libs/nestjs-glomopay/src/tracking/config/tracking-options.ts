import { OptionChecks } from '../../config/option-checks.js';
import { GlomopayConfigurationError } from '../../errors/configuration.error.js';
import type { InboxStore } from '../store/inbox-store.js';
import type { TrackingStore } from '../store/tracking-store.js';
import { defaultEngine } from '../engine/default-engine.js';
import type { WorkEngine } from '../engine/work-engine.js';
import {
  retentionOptions,
  type RetentionConfig,
  type RetentionOptions,
} from './retention-options.js';

export type { RetentionOptions } from './retention-options.js';

/** When and how often the sweeper asks about payments that have no outcome yet. */
export interface SweepOptions {
  /** Pause between two rounds; 0 leaves the rounds to the host (`tracker.sweep()`). Milliseconds, ± 20 %. @defaultValue 10000 */
  readonly everyMs?: number;
  /** How long after its intent a payment is first looked at, if no witness came. Milliseconds. @defaultValue 30000 */
  readonly firstCheckMs?: number;
  /** Looks at one payment before a person has to. @defaultValue 60 */
  readonly maxChecks?: number;
  /** Records taken in one round. @defaultValue 50 */
  readonly batch?: number;
}

/** How webhook events are worked off. */
export interface InboxOptions {
  /** How long a handler may take before its try counts as failed. Milliseconds. @defaultValue 55000 */
  readonly handlerTimeoutMs?: number;
  /** Tries of one handler with one event before the event is parked. @defaultValue 12 */
  readonly maxTries?: number;
  /** Pause after a first failure; each further one doubles it, and half of it is chance. Milliseconds. @defaultValue 1000 */
  readonly retryBaseMs?: number;
  /** Longest pause between two tries. Milliseconds. @defaultValue 3600000 (an hour) */
  readonly retryMaxMs?: number;
  /** Pause between two looks for events that wait; 0 leaves the engine with what this process receives. Milliseconds, ± 20 %. @defaultValue 1000 */
  readonly pollEveryMs?: number;
}

/** What `GlomopayTrackingModule.forRoot` takes. */
export interface GlomopayTrackingOptions {
  /** Where the truth about payments and events lives. */
  readonly store: TrackingStore;
  /** What makes the work happen. @defaultValue an `InProcessEngine`, one for all accounts of a store */
  readonly engine?: WorkEngine;
  /** Whether the store's tables are made at boot. @defaultValue true */
  readonly migrate?: boolean;
  /**
   * Whether this process works: records outcomes and handles events, as one with all handlers of the
   * application. False: it starts payments, receives and stores events, asks and reads, and leaves
   * outcomes and events to other processes on the same store. @defaultValue true
   */
  readonly work?: boolean;
  /**
   * Whether every change of a movement is written down with its witness, for `tracker.history()`.
   * @defaultValue true
   */
  readonly history?: boolean;
  readonly sweep?: SweepOptions;
  readonly inbox?: InboxOptions;
  /** What is forgotten by itself, and when. @defaultValue nothing */
  readonly retention?: RetentionOptions;
}

/** What is to be done how often, with every default filled in. */
export interface TrackingConfig {
  readonly account: string;
  readonly migrate: boolean;
  readonly history: boolean;
  readonly work: boolean;
  readonly sweep: Required<SweepOptions>;
  readonly inbox: Required<InboxOptions>;
  /**
   * `one`: this account is made while the application runs, and says nothing of its own at that time.
   * `all`: this stands for all of those, and says what there is to say of them. Undefined: the account is
   * registered by a module.
   */
  readonly atRunTime?: 'one' | 'all';
  /** Where whoever works for this account is; only of one that can end before the application. */
  readonly place?: object;
  readonly retention: RetentionConfig;
}

const OPTIONS = ['store', 'engine', 'migrate', 'work', 'history', 'sweep', 'inbox', 'retention'];
const STORE: readonly (keyof TrackingStore & string)[] = [
  'migrate',
  'insert',
  'find',
  'findByObject',
  'findBySubject',
  'findByReference',
  'erase',
  'settle',
  'claimDue',
  'reschedule',
  'unwatch',
  'counts',
  'needingAttention',
  'history',
  'within',
  'purge',
  'close',
];
const INBOX: readonly (keyof InboxStore & string)[] = [
  'insert',
  'claim',
  'due',
  'commit',
  'conclude',
  'find',
  'body',
  'list',
  'replay',
  'purge',
  'forgetKeys',
  'counts',
];
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** The checked options: store and engine are injected by their own classes. */
export interface ResolvedTracking extends TrackingConfig {
  readonly store: TrackingStore;
  readonly engine: WorkEngine;
}

/**
 * Checks the host's options and fills in the defaults. Undefined counts as not given everywhere.
 *
 * @throws {GlomopayConfigurationError} listing every fault at once, naming options and rules, never
 *   a value.
 */
export function trackingConfig(options: unknown, account: string): ResolvedTracking {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    throw new GlomopayConfigurationError(['the tracking options must be an object']);
  }
  const checks = new OptionChecks();
  checks.knownOnly('GlomopayTrackingModule', options, OPTIONS);
  const read = (name: string): unknown => checks.read(options, name);
  const store = checkedStore(checks, read('store'));
  const engine = checkedEngine(checks, read('engine'), store);
  const config = {
    account,
    migrate: checks.flag('migrate', read('migrate'), true),
    work: checks.flag('work', read('work'), true),
    history: checks.flag('history', read('history'), true),
    sweep: sweepOptions(checks, read('sweep')),
    inbox: inboxOptions(checks, read('inbox')),
    retention: retentionOptions(checks, read('retention')),
  };
  if (checks.faults.length > 0 || store === undefined || engine === undefined) {
    throw new GlomopayConfigurationError(checks.faults);
  }
  return { ...config, store, engine };
}

function checkedEngine(
  checks: OptionChecks,
  value: unknown,
  store: TrackingStore | undefined,
): WorkEngine | undefined {
  if (value === undefined) return store === undefined ? undefined : defaultEngine(store);
  return checks.port<WorkEngine>('engine', value, ['start', 'wake', 'stop'], 'a WorkEngine');
}

function checkedStore(checks: OptionChecks, value: unknown): TrackingStore | undefined {
  const store = checks.port<TrackingStore>('store', value, STORE, 'a TrackingStore');
  if (store !== undefined) {
    checks.port<InboxStore>('store.inbox', checks.read(store, 'inbox'), INBOX, 'an InboxStore');
  }
  return store;
}

const SWEEP: Required<SweepOptions> = {
  everyMs: 10_000,
  firstCheckMs: 30_000,
  maxChecks: 60,
  batch: 50,
};
const INBOX_LIMITS: Required<InboxOptions> = {
  handlerTimeoutMs: 55_000,
  maxTries: 12,
  retryBaseMs: 1_000,
  retryMaxMs: HOUR_MS,
  pollEveryMs: 1_000,
};

function sweepOptions(checks: OptionChecks, value: unknown): Required<SweepOptions> {
  const sweep = checks.group('sweep', value, Object.keys(SWEEP));
  const everyMs = checks.pause('sweep.everyMs', sweep['everyMs'], [100, HOUR_MS], SWEEP.everyMs);
  return { everyMs, ...sweepLimits(checks, 'sweep', sweep, SWEEP) };
}

/** What of a sweep can differ from account to account. */
export function sweepLimits(
  checks: OptionChecks,
  group: string,
  sweep: Readonly<Record<string, unknown>>,
  defaults: Required<SweepOptions>,
): Omit<Required<SweepOptions>, 'everyMs'> {
  const whole = (name: 'firstCheckMs' | 'maxChecks' | 'batch', range: readonly [number, number]) =>
    checks.wholeNumber(`${group}.${name}`, sweep[name], range, defaults[name]);
  return {
    firstCheckMs: whole('firstCheckMs', [0, DAY_MS]),
    maxChecks: whole('maxChecks', [1, 10_000]),
    batch: whole('batch', [1, 1_000]),
  };
}

function inboxOptions(checks: OptionChecks, value: unknown): Required<InboxOptions> {
  const inbox = checks.group('inbox', value, Object.keys(INBOX_LIMITS));
  const { pollEveryMs } = INBOX_LIMITS;
  return {
    ...inboxLimits(checks, 'inbox', inbox, INBOX_LIMITS),
    pollEveryMs: checks.pause(
      'inbox.pollEveryMs',
      inbox['pollEveryMs'],
      [10, HOUR_MS],
      pollEveryMs,
    ),
  };
}

/** What of an inbox can differ from account to account. */
export function inboxLimits(
  checks: OptionChecks,
  group: string,
  inbox: Readonly<Record<string, unknown>>,
  defaults: Required<InboxOptions>,
): Omit<Required<InboxOptions>, 'pollEveryMs'> {
  const whole = (name: keyof InboxOptions, range: readonly [number, number]) =>
    checks.wholeNumber(`${group}.${name}`, inbox[name], range, defaults[name]);
  return {
    handlerTimeoutMs: whole('handlerTimeoutMs', [1, HOUR_MS]),
    maxTries: whole('maxTries', [1, 1_000]),
    retryBaseMs: whole('retryBaseMs', [1, HOUR_MS]),
    retryMaxMs: whole('retryMaxMs', [1, DAY_MS]),
  };
}
