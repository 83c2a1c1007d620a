import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ModuleRef, ModulesContainer } from '@nestjs/core';
import type { GlomopayAccounts } from '../config/glomopay-accounts.js';
import { DEFAULT_ACCOUNT, GLOMOPAY_ACCOUNTS } from '../config/glomopay.tokens.js';
import { type OpenAccount, runTimeAccountsOf } from '../config/run-time-accounts.js';
import { isGlomopayError } from '../errors/any-glomopay.error.js';
import { Named } from '../errors/named.decorator.js';
import { WebhookInbox } from '../tracking/inbox/webhook-inbox.js';
import { type MovementKey, TrackedMovements } from '../tracking/movements/tracked-movements.js';
import type { HistoryLine } from '../tracking/store/history-line.js';
import type { InboxCounts } from '../tracking/store/inbox-store.js';
import type { TrackedRecord, TrackedResolution } from '../tracking/store/tracked-record.js';
import { within } from '../values/within.js';
import { mayCloseAs } from './may-close-as.js';
import type { OperationsConfig } from './operations-options.js';
import { OperationsRefusal } from './operations-refusal.js';
import { GLOMOPAY_OPERATIONS_CONFIG } from './operations.tokens.js';

/** A database that hangs must not take the page with it. */
const COUNT_WITHIN_MS = 5_000;
/** One that was silent is not waited for as long again, for each further account. */
const SILENT_WITHIN_MS = 500;
/** An open event that waits for longer has nobody who works on it. */
const LATE_AFTER_MS = 5 * 60_000;
const AT_ONCE = 8;

/** How an account fares, by its database alone. */
export interface AccountHealth {
  readonly account: string;
  /**
   * - `ok`: nothing is left for a person;
   * - `attention`: events are parked, or records need a person;
   * - `late`: an event has been waiting for more than five minutes;
   * - `unavailable`: the database does not answer, or the account is not tracked.
   */
  readonly health: 'ok' | 'attention' | 'late' | 'unavailable';
  /** Null where it is unavailable. */
  readonly events: InboxCounts | null;
  readonly movements: { readonly open: number; readonly needsAttention: number } | null;
}

/** Gives a service of an account that is open. */
export type ServiceOf = <T>(service: Type<T>) => T;

/** A record, and what may be done about it. */
export interface MovementView {
  readonly record: TrackedRecord;
  readonly mayCloseAs: readonly TrackedResolution[];
}

/** A record with everything that is known of it. */
export interface MovementFile extends MovementView {
  readonly history: readonly HistoryLine[];
}

/** Where operators look, and close what no machine could. */
@Injectable()
@Named('OperationsDesk')
export class OperationsDesk {
  readonly #logger = new Logger('Glomopay');
  readonly #modules: ModuleRef;
  readonly #container: ModulesContainer;
  readonly #config: OperationsConfig;

  constructor(
    @Inject(ModuleRef) modules: ModuleRef,
    @Inject(ModulesContainer) container: ModulesContainer,
    @Inject(GLOMOPAY_OPERATIONS_CONFIG) config: OperationsConfig,
  ) {
    this.#modules = modules;
    this.#container = container;
    this.#config = config;
  }

  /**
   * Names of the accounts to choose from, in the order of the option, else by name after `default`. Of
   * accounts made at run time those that are open in this process.
   */
  accounts(): readonly string[] {
    if (this.#config.accounts !== undefined) return this.#config.accounts;
    const names = new Set([...this.#accounts.names(), ...this.#accounts.openNames()]);
    const first = names.delete(DEFAULT_ACCOUNT) ? [DEFAULT_ACCOUNT] : [];
    return [...first, ...[...names].toSorted()];
  }

  /** Whether there may be more of them than {@link accounts} names: those of a source. */
  hasUnnamed(): boolean {
    return this.#config.accounts === undefined && runTimeAccountsOf(this.#container) !== undefined;
  }

  /**
   * Names of accounts of a source that are not open in this process and have something left for a person:
   * parked events, or records that need one. Null: their store cannot tell, or did not within five seconds.
   */
  async closedLeft(): Promise<readonly string[] | null> {
    if (!this.hasUnnamed()) return [];
    const asked = runTimeAccountsOf(this.#container)?.namesLeft() ?? Promise.resolve(undefined);
    const names = await within(COUNT_WITHIN_MS, asked, () => undefined).catch(() => undefined);
    const open = new Set(this.accounts());
    return names?.filter((name) => !open.has(name)) ?? null;
  }

  /** @throws {OperationsRefusal} the option `accounts` does not name it. */
  assertShown(account: string): void {
    const { accounts } = this.#config;
    if (accounts !== undefined && !accounts.includes(account)) {
      throw new OperationsRefusal('no_account');
    }
  }

  /**
   * Works with an account, which stays open until the work has ended; one of a source is made unless it is
   * open.
   *
   * @throws {OperationsRefusal} there is no such account, it is not shown, it has no tracking, or its
   *   options cannot be used.
   * @throws {GlomopayAccountUnavailableError} the source failed or was silent.
   */
  async with<T>(account: string, work: (of: ServiceOf) => Promise<T>): Promise<T> {
    this.assertShown(account);
    let isOpen = false;
    try {
      return await this.#accounts.use(account, (opened) => {
        isOpen = true;
        return work((service) => serviceOf(opened, service));
      });
    } catch (thrown) {
      if (isOpen || !isGlomopayError(thrown)) throw thrown;
      if (thrown.code === 'GLOMOPAY_ACCOUNT_UNKNOWN') throw new OperationsRefusal('no_account');
      if (thrown.code !== 'GLOMOPAY_CONFIGURATION') throw thrown;
      this.#logger.error(`An account cannot be used: ${thrown.faults.join('; ')}`);
      throw new OperationsRefusal('unusable');
    }
  }

  /** How some accounts fare; a few databases are asked at once. */
  async healthOf(accounts: readonly string[]): Promise<readonly AccountHealth[]> {
    const found: AccountHealth[] = [];
    let patienceMs = COUNT_WITHIN_MS;
    for (let at = 0; at < accounts.length; at += AT_ONCE) {
      const some = accounts.slice(at, at + AT_ONCE);
      const since = performance.now();
      found.push(...(await Promise.all(some.map((account) => this.#health(account, patienceMs)))));
      if (performance.now() - since >= patienceMs) patienceMs = SILENT_WITHIN_MS;
    }
    return found;
  }

  /** @throws {OperationsRefusal} there is no such record. */
  async file(account: string, key: MovementKey): Promise<MovementFile> {
    return this.with(account, async (of) => {
      const movements = of(TrackedMovements);
      const record = await movements.get(key);
      if (record === undefined) throw new OperationsRefusal('not_found');
      return { ...viewOf(record), history: await movements.history(key) };
    });
  }

  /**
   * Closes a record by hand, in the name of an actor.
   *
   * @throws {GlomopayNotResolvableError} it cannot be closed so, or not any more.
   * @throws {GlomopayValidationError} the note, or the name, breaks a rule.
   * @throws {OperationsRefusal} there is no such record.
   */
  async close(
    account: string,
    key: MovementKey,
    { as, note, by }: { readonly as: unknown; readonly note: unknown; readonly by: string },
  ): Promise<MovementView> {
    // Both are checked by the library itself, whatever they are.
    const resolution = { as: as as TrackedResolution, note: note as string, by };
    const record = await this.with(account, (of) => of(TrackedMovements).resolve(key, resolution));
    if (record === undefined) throw new OperationsRefusal('not_found');
    this.#logger.log(`${by} has closed ${key.kind} ${key.requestId} as ${resolution.as}`);
    return viewOf(record);
  }

  /** Has a parked event handled again. False: it is not parked any more. */
  async replay(account: string, id: string, by: string): Promise<boolean> {
    const replayed = await this.with(account, (of) => of(WebhookInbox).replay(id));
    if (replayed) this.#logger.log(`${by} has event ${id} handled again`);
    return replayed;
  }

  get #accounts(): GlomopayAccounts {
    return this.#modules.get<GlomopayAccounts>(GLOMOPAY_ACCOUNTS, { strict: false });
  }

  async #health(account: string, patienceMs: number): Promise<AccountHealth> {
    const counted = await this.#counts(account, patienceMs).catch(() => undefined);
    if (counted === undefined) {
      return { account, health: 'unavailable', events: null, movements: null };
    }
    const [events, movements] = counted;
    const isLate =
      events.oldestOpenAt !== null && Date.now() - events.oldestOpenAt.getTime() > LATE_AFTER_MS;
    const isLeft = events.failed > 0 || movements.needsAttention > 0;
    return { account, health: isLate ? 'late' : isLeft ? 'attention' : 'ok', events, movements };
  }

  #counts(account: string, patienceMs: number) {
    const counts = this.with(account, (of) =>
      Promise.all([of(WebhookInbox).counts(), of(TrackedMovements).counts()]),
    );
    return within(patienceMs, counts, () => undefined);
  }
}

function serviceOf<T>(account: OpenAccount, service: Type<T>): T {
  try {
    return account.get(service);
  } catch (thrown) {
    if (!isGlomopayError(thrown)) throw thrown;
    throw new OperationsRefusal('no_account');
  }
}

export function viewOf(record: TrackedRecord): MovementView {
  return { record, mayCloseAs: mayCloseAs(record) };
}
