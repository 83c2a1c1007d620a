import {
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { assertAsyncRegistration, assertRegistration } from '../config/registration.js';
import { Named } from '../errors/named.decorator.js';
import { gracefulEndOf } from './graceful-end.js';
import { warnWithoutShutdownHooks } from './shutdown-warning.js';
import { TrackingWork } from './tracking-work.js';
import { WorkEngine } from './engine/work-engine.js';
import { EventListeners } from './inbox/event-listeners.js';
import { EventWorker } from './inbox/event-worker.js';
import { HandlerGroups } from './handlers/handler-groups.js';
import { HandlerRoll } from './handlers/handler-roll.js';
import { migrateOnce } from './migrate-once.js';
import {
  ConfigurableModuleClass,
  type ASYNC_OPTIONS_TYPE,
  type OPTIONS_TYPE,
} from './tracking.module-definition.js';
import { TrackingStore } from './store/tracking-store.js';
import { leaveStore, useStore } from './store/store-users.js';
import type { TrackingConfig } from './config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from './config/tracking.tokens.js';
import { trackingProviders } from './tracking.providers.js';

/**
 * Follows payments to their one outcome, and keeps what the gateway's webhooks tell. Needs
 * `GlomopayModule` and a store.
 *
 * @example
 * GlomopayTrackingModule.forRootAsync({
 *   webhooks: { path: '/webhooks/glomopay' },
 *   inject: [Pool],
 *   useFactory: (pool: Pool) => ({ store: new PostgresTrackingStore(pgAdapter(pool)) }),
 * })
 */
@Module({ providers: [...trackingProviders] })
@Named('GlomopayTrackingModule')
export class GlomopayTrackingModule
  extends ConfigurableModuleClass
  implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy, OnApplicationShutdown
{
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #engine: WorkEngine;
  readonly #roll: HandlerRoll;
  readonly #groups: HandlerGroups;
  readonly #listeners: EventListeners;
  readonly #work: TrackingWork;
  readonly #events: EventWorker;
  readonly #modules: ModulesContainer;
  #usesStore = false;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(WorkEngine) engine: WorkEngine,
    @Inject(HandlerRoll) roll: HandlerRoll,
    @Inject(HandlerGroups) groups: HandlerGroups,
    @Inject(EventListeners) listeners: EventListeners,
    @Inject(TrackingWork) work: TrackingWork,
    @Inject(EventWorker) events: EventWorker,
    @Inject(ModulesContainer) modules: ModulesContainer,
  ) {
    super();
    this.#config = config;
    this.#store = store;
    this.#engine = engine;
    this.#roll = roll;
    this.#groups = groups;
    this.#listeners = listeners;
    this.#work = work;
    this.#events = events;
    this.#modules = modules;
  }

  /**
   * Registers tracking with a store that is at hand.
   *
   * The application does not start when an option is unusable: a `GlomopayConfigurationError` lists
   * every fault and no value.
   */
  static override forRoot(options: typeof OPTIONS_TYPE): DynamicModule {
    assertRegistration('GlomopayTrackingModule', options);
    return super.forRoot(options);
  }

  /** Registers tracking with a store from a factory or a class. Faults as in {@link forRoot}. */
  static override forRootAsync(options: typeof ASYNC_OPTIONS_TYPE): DynamicModule {
    assertAsyncRegistration('GlomopayTrackingModule', options, ['webhooks']);
    return super.forRootAsync(options);
  }

  async onModuleInit(): Promise<void> {
    const store = this.#store;
    useStore(store);
    this.#usesStore = true;
    try {
      await (this.#config.migrate ? migrateOnce(this.#modules, store) : store.assertMigrated());
    } catch (thrown) {
      await this.onApplicationShutdown();
      throw thrown;
    }
  }

  /** By now every handler of the application is known. */
  async onApplicationBootstrap(): Promise<void> {
    if (!this.#config.work) return;
    await this.#roll.begin([...this.#groups.notes(), ...this.#listeners.notes()]);
    await this.#engine.start(this.#work);
    gracefulEndOf(this.#modules).add(() => this.#endWork());
    warnWithoutShutdownHooks(this.#modules);
  }

  /** What is running ends before the host closes its own connections, in all accounts at once. */
  async onModuleDestroy(): Promise<void> {
    warnWithoutShutdownHooks(this.#modules).cancel();
    await gracefulEndOf(this.#modules).end();
  }

  async onApplicationShutdown(): Promise<void> {
    if (!this.#usesStore) return;
    this.#usesStore = false;
    await leaveStore(this.#store);
  }

  async #endWork(): Promise<void> {
    this.#events.stop();
    this.#work.stopTidying();
    this.#roll.end();
    await this.#engine.stop(this.#config.account, this.#work);
  }
}
