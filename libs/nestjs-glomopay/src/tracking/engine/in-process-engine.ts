import { Logger } from '@nestjs/common';
import { OptionChecks } from '../../config/option-checks.js';
import { Named } from '../../errors/named.decorator.js';
import { Rounds } from './rounds.js';
import { WorkEngine, type Work } from './work-engine.js';
import { WorkLoop } from './work-loop.js';
import { within } from '../../values/within.js';

/** How much an {@link InProcessEngine} does at once. */
export interface InProcessEngineOptions {
  /** Events of one account that are worked on at the same time. @defaultValue 16 */
  readonly concurrency?: number;
  /**
   * Whether the process lives on for the sake of later work. A server lives on anyway; a worker
   * without one ends as soon as nothing runs, unless this is true. @defaultValue false
   */
  readonly keepAlive?: boolean;
}

/** The range of `concurrency`. */
const MOST_AT_ONCE = [1, 10_000] as const;
/** How long a stop waits for handlers that are running. */
const DRAIN_MS = 25_000;

/**
 * Does the work in the process that received the event: nothing to install, and safe on several
 * machines too, because events and payments are claimed in the database. The default.
 *
 * Accounts that share a store object share its rounds: one question every second, however many there
 * are.
 */
@Named('InProcessEngine')
export class InProcessEngine extends WorkEngine {
  readonly #logger = new Logger('Glomopay');
  readonly #concurrency: number;
  readonly #keepsAlive: boolean;
  readonly #accounts = new Map<string, Map<Work, WorkLoop>>();
  readonly #rounds = new Set<Rounds>();

  /** @throws {GlomopayConfigurationError} an option is unusable or does not exist. */
  constructor(options: InProcessEngineOptions = {}) {
    super();
    const checks = new OptionChecks();
    const given = checks.group('InProcessEngine', options, ['concurrency', 'keepAlive']);
    this.#concurrency = checks.wholeNumber('concurrency', given['concurrency'], MOST_AT_ONCE, 16);
    this.#keepsAlive = checks.flag('keepAlive', given['keepAlive']);
    checks.assertNone();
  }

  override async start(work: Work): Promise<void> {
    const loops = this.#accounts.get(work.account) ?? new Map<Work, WorkLoop>();
    if (loops.has(work)) throw new Error(`${work.account} was started before`);
    const loop = new WorkLoop(work, this.#concurrency, (what, thrown) => this.#say(what, thrown));
    this.#accounts.set(work.account, loops.set(work, loop));
    this.#roundsFor(work).add(loop);
  }

  override wake(account: string, eventId: string): void {
    for (const loop of this.#accounts.get(account)?.values() ?? []) loop.wake(eventId);
  }

  override async stop(account: string, work?: Work): Promise<void> {
    const loops = this.#accounts.get(account);
    if (loops === undefined) return;
    const ending = [...loops].filter(([one]) => work === undefined || one === work);
    for (const [one] of ending) loops.delete(one);
    if (loops.size === 0) this.#accounts.delete(account);
    // A handler that hangs must not hold up the end of the process for ever.
    const ended = Promise.all(ending.map(([, loop]) => this.#end(loop)));
    await within(DRAIN_MS, ended, () => undefined);
  }

  async #end(loop: WorkLoop): Promise<void> {
    const idle = [...this.#rounds].filter((rounds) => rounds.remove(loop));
    for (const rounds of idle) this.#rounds.delete(rounds);
    await Promise.all([loop.end(), ...idle.map((rounds) => rounds.end())]);
  }

  #roundsFor({ ground, pollEveryMs, sweepEveryMs }: Work): Rounds {
    const options = { ground, pollEveryMs, sweepEveryMs, keepsAlive: this.#keepsAlive };
    for (const known of this.#rounds) if (ground !== undefined && known.fits(options)) return known;
    const rounds = new Rounds(options, (what, thrown) => this.#say(what, thrown));
    this.#rounds.add(rounds);
    return rounds;
  }

  #say(what: string, thrown: unknown): void {
    this.#logger.error(`${what} failed: ${thrown instanceof Error ? thrown.name : 'unknown'}`);
  }
}
