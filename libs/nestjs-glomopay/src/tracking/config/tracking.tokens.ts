/** What the host passed to `GlomopayTrackingModule`. */
export const GLOMOPAY_TRACKING_OPTIONS = Symbol.for('nestjs-glomopay:tracking-options');
/** The tracking options with every default filled in. */
export const GLOMOPAY_TRACKING_CONFIG = Symbol.for('nestjs-glomopay:tracking-config');
/** Name of the merchant account whose payments are tracked. */
export const GLOMOPAY_TRACKING_ACCOUNT = Symbol.for('nestjs-glomopay:tracking-account');
/** The account's `PaymentsService`. */
export const GLOMOPAY_TRACKED_PAYMENTS = Symbol.for('nestjs-glomopay:tracked-payments');
/** The account's services of what is paid: orders, payment links, subscriptions. */
export const GLOMOPAY_TRACKED_PAYINS = Symbol.for('nestjs-glomopay:tracked-payins');
/** The account's `RefundsService`. */
export const GLOMOPAY_TRACKED_REFUNDS = Symbol.for('nestjs-glomopay:tracked-refunds');
/** The account's `WebhookVerifier`. */
export const GLOMOPAY_TRACKED_WEBHOOKS = Symbol.for('nestjs-glomopay:tracked-webhooks');
/** The account's `WebhookInbox`, for what receives events. */
export const GLOMOPAY_TRACKED_INBOX = Symbol.for('nestjs-glomopay:tracked-inbox');
/** The account's `TrackedMovements`, for what speaks of payments only. */
export const GLOMOPAY_TRACKED_MOVEMENTS = Symbol.for('nestjs-glomopay:tracked-movements');
/** Where the account's ready-made webhook route is, when it has one. */
export const GLOMOPAY_WEBHOOK_ROUTE = Symbol.for('nestjs-glomopay:webhook-route');
