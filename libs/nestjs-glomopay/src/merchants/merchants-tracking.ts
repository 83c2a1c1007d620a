import type { InjectionToken } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { AccountContainer } from '../config/account-container.js';
import type { Clock } from '../config/clock.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../tracking/config/tracking.tokens.js';
import type { ResolvedTracking } from '../tracking/config/tracking-options.js';
import { gracefulEndOf } from '../tracking/graceful-end.js';
import { HandlerGroups } from '../tracking/handlers/handler-groups.js';
import { HandlerRoll } from '../tracking/handlers/handler-roll.js';
import { migrateOnce } from '../tracking/migrate-once.js';
import { warnWithoutShutdownHooks } from '../tracking/shutdown-warning.js';
import { EventListeners } from '../tracking/inbox/event-listeners.js';
import { PaymentWitness } from '../tracking/payments/payment-witness.js';
import { RefundWitness } from '../tracking/refunds/refund-witness.js';
import { leaveStore, useStore } from '../tracking/store/store-users.js';
import { TrackingStore } from '../tracking/store/tracking-store.js';
import type { MerchantAccounts } from './merchant-accounts.js';
import { merchantBlueprint } from './merchant-providers.js';
import { MerchantsWork } from './merchants-work.js';
import { RUN_TIME_ACCOUNTS } from './merchants-options.js';

/** Tracking of all accounts that are made at run time: its beginning and its end. */
export class MerchantsTracking {
  readonly #tracking: ResolvedTracking;
  readonly #modules: ModulesContainer;
  readonly #accounts: MerchantAccounts;
  readonly #clock: Clock;
  #usesStore = false;

  constructor(
    tracking: ResolvedTracking,
    modules: ModulesContainer,
    accounts: MerchantAccounts,
    clock: Clock,
  ) {
    this.#tracking = tracking;
    this.#modules = modules;
    this.#accounts = accounts;
    this.#clock = clock;
  }

  /** The tables are there afterwards. */
  async prepare(): Promise<void> {
    const { store, migrate } = this.#tracking;
    useStore(store);
    this.#usesStore = true;
    try {
      await (migrate ? migrateOnce(this.#modules, store) : store.assertMigrated());
      await assertTellsAccounts(store);
    } catch (thrown) {
      await this.leave();
      throw thrown;
    }
  }

  /** By now every handler of the application is known: the accounts begin, and their one work. */
  async begin(): Promise<void> {
    const { engine, work } = this.#tracking;
    const all = this.#forAll();
    const groups = (await all.resolve(HandlerGroups)) as HandlerGroups;
    const roll = (await all.resolve(HandlerRoll)) as HandlerRoll;
    const listeners = (await all.resolve(EventListeners)) as EventListeners;
    await all.begin();
    await roll.begin([...groups.notes(), ...listeners.notes()]);
    await this.#accounts.begin();
    if (!work) return;
    const shared = new MerchantsWork({
      tracking: this.#tracking,
      accounts: this.#accounts,
      modules: this.#modules,
      roll,
      clock: this.#clock,
    });
    await engine.start(shared);
    warnWithoutShutdownHooks(this.#modules);
    gracefulEndOf(this.#modules).add(async () => {
      roll.end();
      const ends = [engine.stop(RUN_TIME_ACCOUNTS, shared), shared.end(), this.#accounts.end()];
      await Promise.all(ends);
    });
  }

  /** Closes the store, unless others use it. */
  async leave(): Promise<void> {
    if (!this.#usesStore) return;
    this.#usesStore = false;
    await leaveStore(this.#tracking.store);
  }

  /** Handlers that hear of every account: what is wrong with them is found at boot, and told once. */
  #forAll(): AccountContainer {
    const { store, engine: _, ...settings } = this.#tracking;
    const given = new Map<InjectionToken, unknown>([
      [GLOMOPAY_TRACKING_CONFIG, { ...settings, atRunTime: 'all' }],
      [TrackingStore, store],
      [ModulesContainer, this.#modules],
      // They hear of the events of one account each; what stands for all hears of none.
      [PaymentWitness, null],
      [RefundWitness, null],
    ]);
    return new AccountContainer(merchantBlueprint(true), given);
  }
}

/** A store that cannot tell would have every account of the source made at every look. */
async function assertTellsAccounts(store: TrackingStore): Promise<void> {
  const told = [await store.accountsDue(), await store.inbox.accountsDue()];
  if (!told.includes(undefined)) return;
  throw new GlomopayConfigurationError([
    'tracking.store must tell which accounts have something due (accountsDue and inbox.accountsDue) to track accounts made at run time',
  ]);
}
