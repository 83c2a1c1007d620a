import { Logger } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import type { Clock } from '../config/clock.js';
import { moduleAccounts } from '../config/module-accounts.js';
import { GlomopayAccountUnavailableError } from '../errors/account-unavailable.error.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import type { ResolvedTracking } from '../tracking/config/tracking-options.js';
import type { Work, WorkRound } from '../tracking/engine/work-engine.js';
import type { HandlerRoll } from '../tracking/handlers/handler-roll.js';
import { TrackingWork } from '../tracking/tracking-work.js';
import { neutrally } from '../values/neutral-context.js';
import { Seldom } from '../values/seldom.js';
import { within } from '../values/within.js';
import { taken } from './taken.js';
import type { MerchantAccounts } from './merchant-accounts.js';
import { partsOf, sharedId } from './merchant-wakes.js';
import { RUN_TIME_ACCOUNTS } from './merchants-options.js';
import { MerchantsRetention } from './merchants-retention.js';
import { SharedSweep } from './shared-sweep.js';
import { TroubledAccounts } from './troubled-accounts.js';

/** Accounts that are asked for their events at once, and how long a look waits for all of them. */
const LOOKS_AT_ONCE = 8;
const LOOK_MS = 5_000;
const SAY_EVERY_MS = 60_000;
const NOTHING: WorkRound = { checked: 0, hasMore: false };

/** What the work of all accounts is made of. */
export interface MerchantsWorkParts {
  readonly tracking: ResolvedTracking;
  readonly accounts: MerchantAccounts;
  readonly modules: ModulesContainer;
  readonly roll: HandlerRoll;
  readonly clock: Clock;
}

/**
 * The work of all accounts that are made at run time, as one: the store says which of them have something
 * due, and only those are made. To an engine, whichever it is, it is the work of one account.
 */
export class MerchantsWork implements Work {
  readonly account = RUN_TIME_ACCOUNTS;
  readonly pollEveryMs: number;
  readonly sweepEveryMs: number;
  readonly #logger = new Logger('Glomopay');
  readonly #seldom = new Seldom(SAY_EVERY_MS);
  readonly #parts: MerchantsWorkParts;
  readonly #sweep = new SharedSweep((account) => this.#sweepOne(account));
  readonly #troubled: TroubledAccounts;
  readonly #retention: MerchantsRetention;
  /** Where the next look begins, so that none is always the last. */
  #turn = 0;

  constructor(parts: MerchantsWorkParts) {
    this.#parts = parts;
    this.#troubled = new TroubledAccounts((name) => parts.accounts.open(name));
    this.#retention = new MerchantsRetention({
      ...parts,
      able: (names) => this.#troubled.without(this.#ofOthers(names)),
      use: (name, does) => this.#with(name, does),
      onFailure: (name, thrown) => this.#say(`forgetting what is old of ${name} failed`, thrown),
    });
    this.pollEveryMs = parts.tracking.inbox.pollEveryMs;
    this.sweepEveryMs = parts.tracking.sweep.everyMs;
  }

  async handle(id: string): Promise<void> {
    const [account, eventId] = partsOf(id);
    await this.#with(account, (work) => work.handle(eventId));
  }

  /**
   * Of each account in turn, so that a merchant with many events does not hold up the others. Those that
   * have none to give, or cannot be made, take nobody's place.
   */
  async due(limit: number): Promise<readonly string[]> {
    if (!(await this.mayTake())) return [];
    const waiting = await this.#waiting('events', () =>
      this.#parts.tracking.store.inbox.accountsDue(),
    );
    const able = await this.#troubled.without(waiting);
    const turn = able.length === 0 ? 0 : this.#turn % able.length;
    const names = [...able.slice(turn), ...able.slice(0, turn)].values();
    const asked = new Set<string>();
    const orphans: string[] = [];
    const found: (readonly string[])[] = [];
    let isOver = false;
    const one = async (): Promise<void> => {
      for (const name of names) {
        if (isOver || found.length >= limit) return;
        asked.add(name);
        const due = await this.#with(name, (work) => work.due(limit));
        if (due === 'nobody') orphans.push(name);
        else if (due !== undefined && due.length > 0) {
          found.push(due.map((id) => sharedId(name, id)));
        }
      }
    };
    const looks = Promise.all(Array.from({ length: LOOKS_AT_ONCE }, one));
    await within(LOOK_MS, looks, () => undefined);
    isOver = true;
    this.#turn = turn + (asked.size < able.length ? asked.size : 1);
    // Of those that were not asked this time what is known stays.
    const unasked = new Set(waiting);
    for (const name of asked) unasked.delete(name);
    const earlier = this.#parts.accounts.orphans.of('events').filter((name) => unasked.has(name));
    this.#parts.accounts.orphans.found('events', [...orphans, ...earlier]);
    return taken(found, limit);
  }

  async sweep(): Promise<WorkRound> {
    if (!(await this.mayTake())) return NOTHING;
    const { accounts, tracking } = this.#parts;
    const waiting = await this.#waiting('movements', () => tracking.store.accountsDue());
    const due = new Set(waiting);
    accounts.orphans.found(
      'movements',
      accounts.orphans.of('movements').filter((name) => due.has(name)),
    );
    return this.#sweep.round(await this.#troubled.without(waiting));
  }

  of(account: string): Work {
    const { pollEveryMs, sweepEveryMs } = this;
    const due = async (limit: number): Promise<readonly string[]> => {
      const found = await this.#with(account, (work) => work.due(limit));
      return found === undefined || found === 'nobody' ? [] : found;
    };
    const handle = (id: string): Promise<void> => this.handle(sharedId(account, id));
    const sweep = (): Promise<WorkRound> => this.#sweep.round([account]);
    return { account, handle, due, sweep, pollEveryMs, sweepEveryMs };
  }

  tidy(): Promise<void> {
    return this.#retention.tidy();
  }

  mayTake(): Promise<boolean> {
    return neutrally(() => this.#parts.roll.mayConclude());
  }

  /** Begins nothing more, and resolves when the rounds that run have ended. */
  end(): Promise<void> {
    this.#retention.end();
    return this.#sweep.end();
  }

  async #sweepOne(account: string): Promise<WorkRound> {
    const { orphans } = this.#parts.accounts;
    try {
      const round = await this.#with(account, (work) => work.sweep());
      const others = orphans.of('movements').filter((name) => name !== account);
      orphans.found('movements', round === 'nobody' ? [...others, account] : others);
      return round === 'nobody' || round === undefined ? NOTHING : round;
    } catch (thrown) {
      this.#say(`a round over the payments of ${account} failed`, thrown);
      return NOTHING;
    }
  }

  /** Undefined: the account cannot be made now, which was said; its work waits in the store. */
  async #with<T>(
    name: string,
    does: (work: TrackingWork) => Promise<T>,
  ): Promise<T | 'nobody' | undefined> {
    try {
      return await this.#parts.accounts.use(name, async (account) =>
        account === undefined ? 'nobody' : does(account.get(TrackingWork)),
      );
    } catch (thrown) {
      const isOfAccount =
        thrown instanceof GlomopayConfigurationError ||
        thrown instanceof GlomopayAccountUnavailableError;
      if (!isOfAccount) throw thrown;
      this.#troubled.add(name);
      this.#say(`the account ${name} cannot be worked for`, thrown);
      return undefined;
    }
  }

  /** Accounts with something due, but for those that modules register: they have works of their own. */
  async #waiting(
    what: string,
    ask: () => Promise<readonly string[] | undefined>,
  ): Promise<readonly string[]> {
    const due = await neutrally(ask);
    if (due === undefined)
      throw new Error(`the store does not tell which accounts have ${what} due`);
    return this.#ofOthers(due);
  }

  #ofOthers(names: readonly string[]): readonly string[] {
    const own = new Set(moduleAccounts(this.#parts.modules));
    return names.filter((name) => !own.has(name));
  }

  #say(what: string, thrown: unknown): void {
    if (!this.#seldom.mayBeSaid(what)) return;
    this.#logger.error(`${what}: ${reasonOf(thrown)}`);
  }
}

/** In words of ours: what others throw is told by its name alone. */
function reasonOf(thrown: unknown): string {
  if (thrown instanceof GlomopayConfigurationError) return thrown.faults.join('; ');
  if (thrown instanceof GlomopayAccountUnavailableError) return thrown.message;
  return thrown instanceof Error ? thrown.name : 'unknown';
}
