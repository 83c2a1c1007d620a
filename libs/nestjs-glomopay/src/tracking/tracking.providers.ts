import type { Provider } from '@nestjs/common';
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
import { RefundBook } from './reconciliation/refund-book.js';
import type { HandlerGroup } from './handlers/handler-group.js';
import { HandlerGroups } from './handlers/handler-groups.js';
import { HandlerRoll } from './handlers/handler-roll.js';
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
import { RefundAudience } from './refunds/refund-audience.js';
import { RefundMovement } from './refunds/refund-movement.js';
import { RefundOutcomeHandlers } from './refunds/refund-outcome-handlers.js';
import { RefundSightings } from './refunds/refund-sightings.js';
import { RefundStarter } from './refunds/refund-starter.js';
import { RefundWitness } from './refunds/refund-witness.js';
import { Retention } from './retention/retention.js';
import { TrackingStore } from './store/tracking-store.js';
import { trackingConfig, type ResolvedTracking } from './config/tracking-options.js';
import {
  GLOMOPAY_TRACKING_ACCOUNT,
  GLOMOPAY_TRACKING_CONFIG,
  GLOMOPAY_TRACKING_OPTIONS,
} from './config/tracking.tokens.js';

/** What the host has said, and what it brings. */
const host: readonly Provider[] = [
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
];

/** Who hears what, and whether this process may conclude. A new group of handlers is named twice here. */
const handlers: readonly Provider[] = [
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
];

/** The kinds of movement: how each is looked at, and who hears of it. */
const kinds: readonly Provider[] = [
  PaymentAudience,
  PaymentMovement,
  PayinLooks,
  OwnSuccess,
  CollectionMovement,
  RefundSightings,
  RefundAudience,
  RefundMovement,
  {
    provide: Movements,
    useFactory: (...movements: Movement[]) => new Movements(movements),
    inject: [PaymentMovement, CollectionMovement, RefundMovement],
  },
  PaymentAttribution,
  RefundAttribution,
  {
    provide: LastLook,
    useFactory: (payment: LastLook, refund: LastLook) => new LastLooks({ payment, refund }),
    inject: [PaymentAttribution, RefundAttribution],
  },
];

/** What begins, looks at and ends movements, whatever their kind. */
const work: readonly Provider[] = [
  CreatesUnderWay,
  MovementSettlement,
  MovementStarter,
  MovementLooks,
  MovementWatch,
  MovementSweeper,
  PaymentStarter,
  PaymentLooks,
  Expectations,
  RefundStarter,
  Retention,
  TrackingWork,
];

/** Events of the gateway, and who of us listens. */
const inbox: readonly Provider[] = [
  PaymentWitness,
  RefundWitness,
  EventListeners,
  InboxReader,
  EventWorker,
  DeliveryJudge,
  WebhookReceiver,
  WebhookRoute,
];

/** The gateway's lists, to be compared with the records. */
const reconciliation: readonly Provider[] = [
  PaymentBook,
  RefundBook,
  {
    provide: GatewayBooks,
    useFactory: (payments: PaymentBook, refunds: RefundBook) =>
      new GatewayBooks(opened(payments), opened(refunds)),
    inject: [PaymentBook, RefundBook],
  },
  Mender,
];

/** Everything that tracking is made of, for one account. */
export const trackingProviders: readonly Provider[] = [
  ...host,
  ...handlers,
  ...kinds,
  ...work,
  ...inbox,
  ...reconciliation,
];
