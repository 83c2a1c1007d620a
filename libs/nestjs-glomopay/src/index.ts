export { GlomopayModule } from './glomopay.module.js';
export type { GlomopayAccountsRegistration } from './merchants/accounts-registration.js';
export type {
  GlomopayModuleAsyncRegistration,
  GlomopayModuleRegistration,
} from './merchants/module-registrations.js';
export type { GlomopayRegistration } from './glomopay.module-definition.js';
export { GlomopayMerchantsModule } from './merchants/merchants.module.js';
export type { GlomopayMerchantsRegistration } from './merchants/merchants.module-definition.js';
export type { GlomopayMerchantsOptions } from './merchants/merchants-options.js';
export type {
  GlomopayEnvironment,
  GlomopayHttpOptions,
  GlomopayModuleOptions,
  GlomopayOptionsFactory,
  GlomopayPollingOptions,
  GlomopayRetryOptions,
} from './config/glomopay-options.js';
export type {
  GlomopayKeyList,
  GlomopayKeyProvider,
  GlomopayKeyReading,
  GlomopayKeyRotationOptions,
  GlomopayKeysGiven,
  GlomopayKeySource,
} from './config/key-provider.js';
export {
  GlomopayKeys,
  type GlomopayKeyState,
  type GlomopayKeyStates,
} from './keys/glomopay-keys.js';
export { glomopayConfig } from './config/glomopay.config.js';
export { GlomopayAccount, type AccountOf } from './config/glomopay-account.decorator.js';
export type {
  AccountOptions,
  AccountRegistration,
  AccountSource,
  AccountTrackingOptions,
} from './config/account-source.js';
export {
  GlomopayAccounts,
  type AccountChoice,
  type ChosenAccount,
} from './config/glomopay-accounts.js';
export type { OpenAccount } from './config/run-time-accounts.js';
export { getGlomopayToken, InjectGlomopay } from './config/glomopay.tokens.js';

export { CreateOrderDto, type CreateOrderInput } from './api/orders/create-order.dto.js';
export { LrsOrderDto, type LrsOrderInput } from './api/orders/lrs-order.dto.js';
export type { LrsOrderDetails } from './api/orders/lrs-order.js';
export { OrderFilterDto, type OrderFilterInput } from './api/orders/order-filter.dto.js';
export type {
  CreatedOrder,
  Order,
  OrderSnapshot,
  OrderStatus,
  PaymentMethodName,
} from './api/orders/order.js';
export { OrdersService } from './api/orders/orders.service.js';

export { CardDto, type CardInput } from './api/payments/card.dto.js';
export { IsCardNumber, IsCvv } from './api/payments/card-rules.js';
export {
  ChargeSubscriptionDto,
  type ChargeSubscriptionInput,
} from './api/payments/charge-subscription.dto.js';
export { CreatePaymentDto, type CreatePaymentInput } from './api/payments/create-payment.dto.js';
export type { EligiblePayin } from './api/payments/eligible-payin.js';
export type { NextStep, PollStep, RedirectStep, UnknownStep } from './api/payments/next-step.js';
export type { PaymentAttempt } from './api/payments/payment-attempt.js';
export type { FeeBreakdown, FeeEntry, PaymentFees, TaxLine } from './api/payments/payment-fees.js';
export { PaymentFilterDto, type PaymentFilterInput } from './api/payments/payment-filter.dto.js';
export type {
  CardSummary,
  PaymentMethodDetails,
  TransferSummary,
} from './api/payments/payment-method.js';
export type { PaymentRfi } from './api/payments/payment-rfi.js';
export type { WaitOptions } from './api/payments/payment-poller.js';
export {
  isFinalPaymentStatus,
  type ComplianceStatus,
  type Payment,
  type PaymentSnapshot,
  type PaymentStatus,
} from './api/payments/payment.js';
export { PaymentsService } from './api/payments/payments.service.js';

export {
  CreateCustomerDto,
  CustomerKycDto,
  type CreateCustomerInput,
  type CustomerKycInput,
} from './api/customers/create-customer.dto.js';
export type { CustomerBankAccount } from './api/customers/customer-bank-account.js';
export {
  CustomerFilterDto,
  type CustomerFilterInput,
} from './api/customers/customer-filter.dto.js';
export type { CreatedCustomer, Customer, CustomerType } from './api/customers/customer.js';
export { CustomersService, type CreateCustomerOptions } from './api/customers/customers.service.js';
export {
  UpdateCustomerDto,
  type UpdateCustomerInput,
} from './api/customers/update-customer.dto.js';

export {
  DocumentFilterDto,
  type DocumentFilterInput,
} from './api/documents/document-filter.dto.js';
export type { Document, DocumentStatus } from './api/documents/document.js';
export { DocumentsService } from './api/documents/documents.service.js';
export type { UploadDocumentInput } from './api/documents/upload-document.dto.js';

export type { BalanceConversion, ConversionStatus } from './api/balances/balance-conversion.js';
export type { Balances } from './api/balances/balances.js';
export { BalancesService } from './api/balances/balances.service.js';
export {
  ConversionFilterDto,
  type ConversionFilterInput,
} from './api/balances/conversion-filter.dto.js';
export { ConvertBalanceDto, type ConvertBalanceInput } from './api/balances/convert-balance.dto.js';
export type {
  MockPayoutOutcome,
  MockRefundOutcome,
  MockReview,
} from './api/mocks/mock-outcomes.dto.js';
export { MockTransferDto, type MockTransferInput } from './api/mocks/mock-transfer.dto.js';
export { MocksService } from './api/mocks/mocks.service.js';
export type { Fees, KnownMoney } from './api/parts/money.js';
export { RawRequestsService } from './api/raw-requests/raw-requests.service.js';
export type { RawRequest } from './api/raw-requests/raw-request.js';
export type { Beneficiary, BeneficiarySnapshot } from './api/beneficiaries/beneficiary.js';
export {
  BankAccountDto,
  PayerBankAccountDto,
  type BankAccountInput,
  type PayerBankAccountInput,
} from './api/parts/bank-account.dto.js';
export type { BankAccountDetails } from './api/parts/bank-account.js';
export type { AttachedDocument, RfiDocumentRequirement } from './api/parts/documents.js';
export { orderCurrencies, payinMethods, type PayinMethod } from './api/parts/payin-terms.js';
export type { Product } from './api/parts/product.js';
export { ProductDto, type ProductInput } from './api/parts/product.dto.js';
export { RfiAnswerDto, type RfiAnswer } from './api/parts/rfi-answer.js';
export type { RequestedDocument, RfiRequest } from './api/parts/rfi-request.js';
export { RfiFilterDto, type RfiFilterInput } from './api/rfis/rfi-filter.dto.js';
export type { Rfi, RfiStatus } from './api/rfis/rfi.js';
export { RfisService } from './api/rfis/rfis.service.js';
export {
  CreatePaymentLinkDto,
  type CreatePaymentLinkInput,
} from './api/payment-links/create-payment-link.dto.js';
export {
  PaymentLinkFilterDto,
  type PaymentLinkFilterInput,
} from './api/payment-links/payment-link-filter.dto.js';
export type { ReminderDays } from './api/payment-links/reminder-days.js';
export type {
  CreatedPaymentLink,
  PaymentLink,
  PaymentLinkSnapshot,
  PaymentLinkStatus,
} from './api/payment-links/payment-link.js';
export { PaymentLinksService } from './api/payment-links/payment-links.service.js';
export {
  UpdatePaymentLinkDto,
  type UpdatePaymentLinkInput,
} from './api/payment-links/update-payment-link.dto.js';
export { CreatePriceDto, type CreatePriceInput } from './api/prices/create-price.dto.js';
export type { Price, PricingType } from './api/prices/price.js';
export { PricesService } from './api/prices/prices.service.js';
export {
  CreateQuoteDto,
  QuoteMethodDto,
  type CreateQuoteInput,
  type QuoteMethodInput,
} from './api/quotes/create-quote.dto.js';
export {
  isUsableQuote,
  type Quote,
  type QuoteFees,
  type QuoteMethod,
  type QuoteUse,
} from './api/quotes/quote.js';
export { QuotesService } from './api/quotes/quotes.service.js';
export type { Payout, PayoutSnapshot } from './api/payouts/payout.js';
export {
  CreateRefundDto,
  refundReasons,
  type CreateRefundInput,
  type RefundReason,
} from './api/refunds/create-refund.dto.js';
export type { RefundFees } from './api/refunds/refund-fees.js';
export { RefundFilterDto, type RefundFilterInput } from './api/refunds/refund-filter.dto.js';
export type { RefundableAmount } from './api/refunds/refund-remainder.js';
export type { Refundability, RefundDoubt, RefundObstacle } from './api/refunds/refundability.js';
export {
  isFinalRefundStatus,
  type CreatedRefund,
  type Refund,
  type RefundReasonText,
  type RefundSnapshot,
  type RefundStatus,
} from './api/refunds/refund.js';
export { RefundsService } from './api/refunds/refunds.service.js';
export type { SettlementSnapshot } from './api/settlements/settlement.js';
export {
  CreateSubscriptionDto,
  type CreateSubscriptionInput,
} from './api/subscriptions/create-subscription.dto.js';
export {
  SubscriptionFilterDto,
  type SubscriptionFilterInput,
} from './api/subscriptions/subscription-filter.dto.js';
export type {
  CreatedSubscription,
  Subscription,
  SubscriptionInterval,
  SubscriptionSnapshot,
  SubscriptionStatus,
} from './api/subscriptions/subscription.js';
export { SubscriptionsService } from './api/subscriptions/subscriptions.service.js';
export type { VirtualAccountSnapshot } from './api/virtual-accounts/virtual-account.js';

export type { GlomopayCallback } from './callback/callback.js';
export { CallbackRedirectFilter } from './callback/callback-redirect.filter.js';
export { GlomopayCallbackRejectedException } from './callback/callback-rejected.exception.js';
export { CallbackSignatureGuard } from './callback/callback-signature.guard.js';
export { CallbackVerifier } from './callback/callback-verifier.js';
export { VerifiedCallback } from './callback/verified-callback.decorator.js';

export {
  glomopayEvents,
  type GlomopayEntityType,
  type GlomopayEventName,
} from './webhooks/event-catalogue.js';
export type { GlomopayEventData } from './webhooks/event-data.js';
export type { EventDelivery } from './webhooks/event-delivery.js';
export {
  isGlomopayEvent,
  type GlomopayEventOf,
  type GlomopayEventPattern,
} from './webhooks/event-pattern.js';
export type { GlomopayEvent } from './webhooks/glomopay-event.js';
export type { HandlerOptions } from './webhooks/handler-name.js';
export {
  OnGlomopayEvent,
  type EventListenerDecorator,
} from './webhooks/on-glomopay-event.decorator.js';
export type { BalanceSnapshot } from './webhooks/balance.snapshot.js';
export type { OpaqueSnapshot } from './webhooks/opaque.snapshot.js';
export { VerifiedWebhook } from './webhooks/verified-webhook.decorator.js';
export { GlomopayWebhookRejectedException } from './webhooks/webhook-rejected.exception.js';
export { WebhookSignatureGuard } from './webhooks/webhook-signature.guard.js';
export { WebhookVerifier } from './webhooks/webhook-verifier.js';

export type { RequestOptions } from './http/request-options.js';
export type { Page, UnreadableItem } from './wire/page.js';
export type { ListFilterInput } from './wire/list-filter.js';
export type {
  BeneficiaryId,
  ConversionId,
  CustomerId,
  DocumentId,
  IdKind,
  IdOf,
  IdText,
  LrsBankAccountId,
  MerchantId,
  OrderId,
  PayinKind,
  PaymentId,
  PaymentLinkId,
  PayoutId,
  PriceId,
  QuoteId,
  RefundId,
  RfiDocumentId,
  RfiId,
  SettlementId,
  SplitId,
  SubscriptionId,
  TopUpId,
  TransactionId,
} from './values/ids.js';
export {
  decimalPlaces,
  formatMinorUnits,
  minorUnits,
  sameMoney,
  type Money,
} from './values/money.js';
export type { PayinPurposeCode, PayinPurposeGroup } from './values/payin-purpose-codes.js';
export type { PayoutPurposeCode, PayoutPurposeGroup } from './values/payout-purpose-codes.js';
export {
  payinPurposeCodes,
  payoutPurposeCodes,
  type PurposeCode,
  type PurposeCodes,
} from './values/purpose-codes.js';
export type { Secret } from './values/secret.js';

export { GlomopayAbortedError } from './errors/aborted.error.js';
export {
  GlomopayApiError,
  GlomopayAuthenticationError,
  GlomopayConflictError,
  GlomopayNotFoundError,
  GlomopayPermissionError,
  GlomopayRateLimitError,
  GlomopayServerError,
  GlomopayUnprocessableError,
} from './errors/api.error.js';
export { GlomopayConfigurationError } from './errors/configuration.error.js';
export { isGlomopayError, type AnyGlomopayError } from './errors/any-glomopay.error.js';
export {
  GlomopayError,
  type GlomopayErrorCode,
  type GlomopayOutcome,
} from './errors/glomopay.error.js';
export { GlomopayOutcomeUnknownError } from './errors/outcome-unknown.error.js';
export {
  GlomopayNotResolvableError,
  type GlomopayResolutionFault,
} from './errors/not-resolvable.error.js';
export { GlomopayAccountUnavailableError } from './errors/account-unavailable.error.js';
export { GlomopayAccountUnknownError } from './errors/account-unknown.error.js';
export {
  GlomopayNotErasableError,
  type GlomopayErasureFault,
} from './errors/not-erasable.error.js';
export { GlomopayNotStoredError } from './errors/not-stored.error.js';
export { GlomopayPollTimeoutError } from './errors/poll-timeout.error.js';
export { GlomopayRequestIdConflictError } from './errors/request-id-conflict.error.js';
export { GlomopayResponseMalformedError } from './errors/response-malformed.error.js';
export { GlomopaySignatureError, type GlomopaySignatureFault } from './errors/signature.error.js';
export { GlomopayUnreachableError } from './errors/unreachable.error.js';
export { GlomopayValidationError, type GlomopayViolation } from './errors/validation.error.js';

export type { HandlerKind, HandlerNote, NotedHandler } from './tracking/store/handler-note.js';
export { assertEventKey, isEventKey } from './tracking/store/event-key.js';
export type {
  ClaimedEvent,
  EventKey,
  HandlerProgress,
  InboxConclusion,
  InboxEvent,
  InboxFilter,
  InboxState,
  ReceivedEvent,
} from './tracking/store/inbox-event.js';
export {
  InboxStore,
  LeaseLostError,
  purgedStates,
  type InboxCounts,
  type InboxPurge,
} from './tracking/store/inbox-store.js';
export type { Patience } from './tracking/store/patience.js';
export {
  storableConclusion,
  type StorableConclusion,
} from './tracking/store/storable-conclusion.js';
export {
  inboxQuery as storedFilter,
  storedMs,
  type InboxQuery as StoredFilter,
} from './tracking/store/inbox-query.js';
export {
  ERASED,
  erasedLine,
  erasedRecord,
  erasureFault,
  erasureLine,
  isErased,
  namesPerson,
  type Erased,
  type Erasure,
  type ErasureFault,
} from './tracking/store/erasure.js';
export type { Erasable, ErasureReport } from './tracking/movements/erasing.js';
export type { PurgeAge } from './tracking/store/purge-age.js';
export { WebhookInbox, type InboxAge, type InboxReceipt } from './tracking/inbox/webhook-inbox.js';
export type { WebhookRouteOptions } from './tracking/route/webhook-route-options.js';
export { lend } from './tracking/store/lend.js';
export type { HistoryLine, Witness, WitnessKind } from './tracking/store/history-line.js';
export { newLine } from './tracking/store/new-line.js';
export type { MovementResolution } from './tracking/movements/resolution.js';
export { TrackedMovements, type MovementKey } from './tracking/movements/tracked-movements.js';
export { Reconciliation } from './tracking/reconciliation/reconciliation.js';
export type {
  BookEntry,
  FindingKind,
  ReconciliationFinding,
  ReconciliationSummary,
} from './tracking/reconciliation/reconciliation-finding.js';
export type {
  ExpectedPayment,
  Expectation,
  ReconciliationOptions,
} from './tracking/reconciliation/reconciliation-options.js';
export { ReconciliationRun } from './tracking/reconciliation/reconciliation-run.js';
export { MemoryTrackingStore } from './tracking/store/memory/memory-tracking-store.js';
export type { MemoryTransaction } from './tracking/store/memory/memory-transaction.js';
export { newRecord } from './tracking/store/new-record.js';
export type { Milestone } from './tracking/movements/milestones.js';
export { OnPaymentMilestone } from './tracking/payments/on-payment-milestone.decorator.js';
export { AfterPaymentOutcome } from './tracking/payments/after-payment-outcome.decorator.js';
export { AfterRefundOutcome } from './tracking/refunds/after-refund-outcome.decorator.js';
export type { AfterOutcomeDecorator } from './tracking/handlers/after-outcome-decorator.js';
export type { OutcomeDecorator } from './tracking/handlers/outcome-decorator.js';
export { OnPaymentOutcome } from './tracking/payments/on-payment-outcome.decorator.js';
export type { ChargeReference } from './tracking/payments/charge-intent.js';
export type { CollectionExpectation } from './tracking/payments/collections/collection-expectation.js';
export type { PaymentExpectation } from './tracking/payments/payment-intent.js';
export type { PaymentMilestone } from './tracking/payments/payment-milestone.js';
export type { PaymentOutcome } from './tracking/payments/payment-outcome.js';
export { OnRefundOutcome } from './tracking/refunds/on-refund-outcome.decorator.js';
export type { RefundExpectation } from './tracking/refunds/refund-intent.js';
export type { RefundOutcome } from './tracking/refunds/refund-outcome.js';
export type { RefundStart } from './tracking/refunds/refund-starter.js';
export { RefundTracker } from './tracking/refunds/refund-tracker.js';
export type { RefundKey, TrackedRefund } from './tracking/refunds/tracked-refund.js';
export type { SweepReport } from './tracking/movements/movement-sweeper.js';
export type { PaymentStart } from './tracking/payments/payment-starter.js';
export { PaymentTracker } from './tracking/payments/payment-tracker.js';
export {
  storableChange as updateOf,
  type StorableChange as RecordUpdate,
} from './tracking/store/storable-change.js';
export { assertStorable, isStorable, storable, wholeMs } from './tracking/store/storable.js';
export type { PaymentKey, TrackedPayment } from './tracking/payments/tracked-payment.js';
export {
  isSettled,
  type TrackedChange,
  type TrackedIntent,
  type TrackedKey,
  type TrackedKind,
  type TrackedReason,
  type TrackedRecord,
  type TrackedResolution,
  type TrackedState,
} from './tracking/store/tracked-record.js';
export type {
  GlomopayTrackingOptions,
  InboxOptions,
  RetentionOptions,
  SweepOptions,
} from './tracking/config/tracking-options.js';
export {
  TrackingStore,
  type RecordWindow,
  type Settled,
  type Settlement,
} from './tracking/store/tracking-store.js';
export { GlomopayTrackingModule } from './tracking/tracking.module.js';
export type { GlomopayTrackingRegistration } from './tracking/tracking.module-definition.js';
export {
  InProcessEngine,
  type InProcessEngineOptions,
} from './tracking/engine/in-process-engine.js';
export {
  ManualEngine,
  type WorkedOff,
  type WorkOffOptions,
} from './tracking/engine/manual-engine.js';
export {
  WorkEngine,
  type Work,
  type WorkGround,
  type WorkRound,
} from './tracking/engine/work-engine.js';
export { GLOMOPAY_TRACKING_OPTIONS } from './tracking/config/tracking.tokens.js';
export type { Surroundings } from './tracking/store/tracked-record.js';
export { UnreadableRowError } from './tracking/store/unreadable-row.error.js';
export { whoLooksNext as watcherOf } from './tracking/store/who-looks-next.js';

export type {
  CallFault,
  CallRetry,
  GlomopayCallEndMessage,
  GlomopayCallMessage,
} from './diagnostics/call-messages.js';
export type { GlomopayCallbackMessage } from './diagnostics/callback-message.js';
export type { GlomopayEventMessage } from './diagnostics/event-message.js';
export type { GlomopayKeysMessage } from './diagnostics/keys-message.js';
export type { GlomopayRetentionMessage } from './diagnostics/retention-message.js';
export type { GlomopayOutcomeMessage } from './diagnostics/outcome-message.js';
export type { GlomopayWebhookMessage, WebhookResult } from './diagnostics/webhook-message.js';
export type { GlomopayErrorAnswer } from './exceptions/error-answer.js';
export { GlomopayExceptionFilter } from './exceptions/glomopay-exception.filter.js';
export { glomopayCensor, glomopayRedactPaths } from './logging/redact-paths.js';
