import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Type } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { GlomopayAccounts } from '../config/glomopay-accounts.js';
import { DEFAULT_ACCOUNT, GLOMOPAY_ACCOUNTS } from '../config/glomopay.tokens.js';
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
  readonly #config: OperationsConfig;

  constructor(
    @Inject(ModuleRef) modules: ModuleRef,
    @Inject(GLOMOPAY_OPERATIONS_CONFIG) config: OperationsConfig,
  ) {
    this.#modules = modules;
    this.#config = config;
  }

  /** Names of the accounts that are shown here, in the order of the option, else by name after `default`. */
  accounts(): readonly string[] {
    if (this.#config.accounts !== undefined) return this.#config.accounts;
    const names = new Set(this.#accounts.names());
    const first = names.delete(DEFAULT_ACCOUNT) ? [DEFAULT_ACCOUNT] : [];
    return [...first, ...[...names].toSorted()];
  }

  /**
   * A service of an account.
   *
   * @throws {OperationsRefusal} there is no such account, it is not shown, or it has no tracking.
   */
  of<T>(account: string, service: Type<T>): T {
    if (!this.accounts().includes(account)) throw new OperationsRefusal('no_account');
    try {
      return this.#accounts.get(account, service);
    } catch (thrown) {
      if (!isGlomopayError(thrown)) throw thrown;
      throw new OperationsRefusal('no_account');
    }
  }

  /** How some accounts fare; a few databases are asked at once. */
  async healthOf(accounts: readonly string[]): Promise<readonly AccountHealth[]> {
    const found: AccountHealth[] = [];
    for (let at = 0; at < accounts.length; at += AT_ONCE) {
      const some = accounts.slice(at, at + AT_ONCE);
      found.push(...(await Promise.all(some.map((account) => this.#health(account)))));
    }
    return found;
  }

  /** @throws {OperationsRefusal} there is no such record. */
  async file(account: string, key: MovementKey): Promise<MovementFile> {
    const movements = this.of(account, TrackedMovements);
    const record = await movements.get(key);
    if (record === undefined) throw new OperationsRefusal('not_found');
    return { ...viewOf(record), history: await movements.history(key) };
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
    const record = await this.of(account, TrackedMovements).resolve(key, resolution);
    if (record === undefined) throw new OperationsRefusal('not_found');
    this.#logger.log(`${by} has closed ${key.kind} ${key.requestId} as ${resolution.as}`);
    return viewOf(record);
  }

  /** Has a parked event handled again. False: it is not parked any more. */
  async replay(account: string, id: string, by: string): Promise<boolean> {
    const replayed = await this.of(account, WebhookInbox).replay(id);
    if (replayed) this.#logger.log(`${by} has event ${id} handled again`);
    return replayed;
  }

  get #accounts(): GlomopayAccounts {
    return this.#modules.get<GlomopayAccounts>(GLOMOPAY_ACCOUNTS, { strict: false });
  }

  async #health(account: string): Promise<AccountHealth> {
    const counted = await this.#counts(account).catch(() => undefined);
    if (counted === undefined) {
      return { account, health: 'unavailable', events: null, movements: null };
    }
    const [events, movements] = counted;
    const isLate =
      events.oldestOpenAt !== null && Date.now() - events.oldestOpenAt.getTime() > LATE_AFTER_MS;
    const isLeft = events.failed > 0 || movements.needsAttention > 0;
    return { account, health: isLate ? 'late' : isLeft ? 'attention' : 'ok', events, movements };
  }

  async #counts(account: string) {
    const counts = Promise.all([
      this.of(account, WebhookInbox).counts(),
      this.of(account, TrackedMovements).counts(),
    ]);
    return within(COUNT_WITHIN_MS, counts, () => undefined);
  }
}

export function viewOf(record: TrackedRecord): MovementView {
  return { record, mayCloseAs: mayCloseAs(record) };
}
