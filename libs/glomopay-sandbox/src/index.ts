export type { SandboxAccount } from './account.js';
export { GlomopaySandbox } from './sandbox.js';
export type { RotateKeyOptions } from './sandbox.js';
export type { ReadOnlyView } from './books/resource.js';
export type { SandboxOptions } from './sandbox-options.js';
export type { Customer, CustomerType } from './customers/customer.js';
export type { Document, DocumentStatus } from './documents/document.js';
export type { DocumentDecision } from './documents/review.js';
export type { FaultName, FaultOptions } from './faults/fault.js';
export type { FaultQueue } from './faults/fault-queue.js';
export type { Clock } from './time/clock.js';
export type { Balances, Pool } from './money/balances.js';
export type { Conversion } from './balances/conversion.js';
export type { TopUp, TopUpStatus } from './top-ups/top-up.js';
export type { Currency, Money } from './money/money.js';
export type { Rates } from './money/rates.js';
export type { RequestLog, RequestRecord } from './http/request-log.js';
export type { SandboxClock } from './time/sandbox-clock.js';
export type { Environment } from './keys/secret-key.js';
export type { PayinStatus as OrderStatus } from './payins/payin-status.js';
export type { Order, PaymentMethod } from './orders/order.js';
export type {
  BankTransferDetails,
  CardDetails,
  ComplianceStatus,
  Payment,
  PaymentMethodUsed,
  PaymentStatus,
} from './payments/payment.js';
export type { Settlement, SettlementStatus } from './settlements/settlement.js';
export type { Refund, RefundStatus } from './refunds/refund.js';
export type { Payout, PayoutErrorCode, PayoutStatus } from './payouts/payout.js';
export type { VirtualAccount, VirtualAccountStatus } from './virtual-accounts/virtual-account.js';
export type { Beneficiary, BeneficiaryStatus } from './beneficiaries/beneficiary.js';
export type { BankDecision, BankDecisionAlias } from './payments/bank-decision.js';
export type { DocumentRequirement, Rfi, RfiStatus } from './rfi/rfi.js';
export type { LrsBankAccount } from './lrs/lrs-bank-account.js';
export type { LrsQuote } from './lrs/lrs-quote.js';
export type { LrsSettings } from './lrs/banks.js';
export type { Remittance } from './lrs/remittance.js';
export type { PostPaymentScreening } from './screening/screening.js';
export type {
  IntervalType,
  Subscription,
  SubscriptionStatus,
} from './subscriptions/subscription.js';
export { testCards } from './payments/test-cards.js';
export type { CardBehaviour, CardNetwork, TestCard } from './payments/test-cards.js';
export { eventCatalogue } from './webhooks/event-catalogue.js';
export type { WebhookEntityType } from './webhooks/event-catalogue.js';
export type { EmitOptions, SandboxWebhooks } from './webhooks/sandbox-webhooks.js';
export type { WebhookTestResult } from './webhooks/webhook-connection-test.js';
export type {
  DeliveryAttempt,
  DeliveryFailure,
  DeliveryState,
  WebhookDelivery,
} from './webhooks/webhook-delivery.js';
export type { EmittedEvent } from './webhooks/webhook-event.js';
