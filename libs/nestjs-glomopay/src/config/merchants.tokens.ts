/** What the host passed to `GlomopayMerchantsModule`. */
export const GLOMOPAY_MERCHANTS_OPTIONS = Symbol.for('nestjs-glomopay:merchants-options');
/** The same, checked, with every default filled in. */
export const GLOMOPAY_MERCHANTS_CONFIG = Symbol.for('nestjs-glomopay:merchants-config');
/** Where the one webhook route of all accounts is, when there is one. */
export const GLOMOPAY_MERCHANTS_ROUTE = Symbol.for('nestjs-glomopay:merchants-route');
/** The `accounts` of `GlomopayModule`, where merchants are registered there. */
export const GLOMOPAY_ACCOUNT_SOURCE = Symbol.for('nestjs-glomopay:account-source');
/** The `tracking` of the same registration. */
export const GLOMOPAY_ACCOUNTS_TRACKING = Symbol.for('nestjs-glomopay:accounts-tracking');
/** What merchants send through, by name; null: each has a client of its own over the shared connections. */
export const GLOMOPAY_MERCHANTS_HTTP = Symbol.for('nestjs-glomopay:merchants-http');
