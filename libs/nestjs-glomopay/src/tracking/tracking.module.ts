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
import { DeliveryJudge } from '../webhooks/delivery-judge.js';
import { WorkEngine } from './engine/work-engine.js';
import { EventListeners } from './inbox/event-listeners.js';
import { EventWorker } from './inbox/event-worker.js';
import { InboxReader } from './inbox/inbox-reader.js';
import { PaymentWitness } from './payments/payment-witness.js';
import { WebhookReceiver } from './route/webhook-receiver.js';
import { WebhookRoute } from './route/webhook-route.js';
import { CreatesUnderWay } from './movements/creates-under-way.js';
import { LastLook, LastLooks } from './movements/last-look.js';
import { MovementLooks } from './movements/movement-looks.js';
import { MovementSettlement } from './movements/movement-settlement.js';
import { MovementStarter } from './movements/movement-starter.js';
import { MovementSweeper } from './movements/movement-sweeper.js';
import { MovementWatch } from './movements/movement-watch.js';
import { Movements, type Movement } from './movements/movement.js';
import { GatewayBooks, opened } from './reconciliation/gateway-books.js';
import { Mender } from './reconciliation/mender.js';
import { PaymentBook } from './reconciliation/payment-book.js';
import type { HandlerGroup } from './handlers/handler-group.js';
import { HandlerGroups } from './handlers/handler-groups.js';
import { HandlerRoll } from './handlers/handler-roll.js';
import { migrateOnce } from './migrate-once.js';
import { AfterPaymentHandlers } from './payments/after-payment-handlers.js';
import { MilestoneHandlers } from './payments/milestone-handlers.js';
import { AfterRefundHandlers } from './refunds/after-refund-handlers.js';
import { OutcomeHandlers } from './payments/outcome-handlers.js';
import { PaymentAttribution } from './payments/payment-attribution.js';
import { PaymentAudience } from './payments/payment-audience.js';
import { PaymentMovement } from './payments/payment-movement.js';
import { CollectionMovement } from './payments/collections/collection-movement.js';
import { Expectations } from './payments/collections/expectations.js';
import { OwnSuccess } from './payments/collections/own-success.js';
import { PayinLooks } from './payments/collections/payin-looks.js';
import { PaymentLooks } from './payments/payment-looks.js';
import { PaymentStarter } from './payments/payment-starter.js';
import { RefundAttribution } from './refunds/refund-attribution.js';
import { RefundMovement } from './refunds/refund-movement.js';
import { RefundOutcomeHandlers } from './refunds/refund-outcome-handlers.js';
import { RefundSightings } from './refunds/refund-sightings.js';
import { RefundStarter } from './refunds/refund-starter.js';
import { RefundWitness } from './refunds/refund-witness.js';
import {
  ConfigurableModuleClass,
  type ASYNC_OPTIONS_TYPE,
  type OPTIONS_TYPE,
} from './tracking.module-definition.js';
import { TrackingStore } from './store/tracking-store.js';
import { leaveStore, useStore } from './store/store-users.js';
import {
  trackingConfig,
  type ResolvedTracking,
  type TrackingConfig,
} from './config/tracking-options.js';
import {
  GLOMOPAY_TRACKING_ACCOUNT,
  GLOMOPAY_TRACKING_CONFIG,
  GLOMOPAY_TRACKING_OPTIONS,
} from './config/tracking.tokens.js';

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
@Module({
  providers: [
    {
      provide: GLOMOPAY_TRACKING_CONFIG,
      useFactory: trackingConfig,
      inject: [GLOMOPAY_TRACKING_OPTIONS, GLOMOPAY_TRACKING_ACCOUNT],
    },
    {
      provide: TrackingStore,
      useFactory: ({ store }: ResolvedTracking) => store,
      inject: [GLOMOPAY_TRACKING_CONFIG],
    },
    {
      provide: WorkEngine,
      useFactory: ({ engine }: ResolvedTracking) => engine,
      inject: [GLOMOPAY_TRACKING_CONFIG],
    },
    OutcomeHandlers,
    MilestoneHandlers,
    RefundOutcomeHandlers,
    AfterPaymentHandlers,
    AfterRefundHandlers,
    {
      provide: HandlerGroups,
      useFactory: (...groups: HandlerGroup[]) => new HandlerGroups(groups),
      inject: [
        OutcomeHandlers,
        MilestoneHandlers,
        RefundOutcomeHandlers,
        AfterPaymentHandlers,
        AfterRefundHandlers,
      ],
    },
    HandlerRoll,
    CreatesUnderWay,
    PaymentAudience,
    PaymentMovement,
    PayinLooks,
    OwnSuccess,
    CollectionMovement,
    Expectations,
    RefundSightings,
    RefundMovement,
    {
      provide: Movements,
      useFactory: (...movements: Movement[]) => new Movements(movements),
      inject: [PaymentMovement, CollectionMovement, RefundMovement],
    },
    MovementSettlement,
    PaymentAttribution,
    RefundAttribution,
    {
      provide: LastLook,
      useFactory: (payment: LastLook, refund: LastLook) => new LastLooks({ payment, refund }),
      inject: [PaymentAttribution, RefundAttribution],
    },
    MovementStarter,
    MovementLooks,
    PaymentStarter,
    RefundStarter,
    PaymentLooks,
    MovementWatch,
    MovementSweeper,
    PaymentWitness,
    RefundWitness,
    EventListeners,
    InboxReader,
    EventWorker,
    DeliveryJudge,
    WebhookReceiver,
    WebhookRoute,
    TrackingWork,
    PaymentBook,
    {
      provide: GatewayBooks,
      useFactory: (payments: PaymentBook) => new GatewayBooks(opened(payments)),
      inject: [PaymentBook],
    },
    Mender,
  ],
})
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
    this.#roll.end();
    await this.#engine.stop(this.#config.account, this.#work);
  }
}
