import type { ASYNC_OPTIONS_TYPE, OPTIONS_TYPE } from '../glomopay.module-definition.js';
import type { GlomopayAccountsRegistration, OfMerchants } from './accounts-registration.js';

type Own = typeof OPTIONS_TYPE;
type OwnAsync = typeof ASYNC_OPTIONS_TYPE;

/** Members that are not there. */
type Without<Names extends PropertyKey> = { readonly [Name in Names]?: never };

/** Merchants, and no account of the registration's own. */
type MerchantsOnly<T> = GlomopayAccountsRegistration & Without<Exclude<keyof T, 'isGlobal'>>;

/** What `GlomopayModule.forRoot` takes: an account of its own, merchants made at run time, or both. */
export type GlomopayModuleRegistration =
  (Own & Without<OfMerchants>) | (Own & GlomopayAccountsRegistration) | MerchantsOnly<Own>;

/** What `GlomopayModule.forRootAsync` takes: the same. */
export type GlomopayModuleAsyncRegistration =
  | (OwnAsync & Without<OfMerchants>)
  | (OwnAsync & GlomopayAccountsRegistration & GivenBy<'useFactory' | 'useClass' | 'useExisting'>)
  | MerchantsOnly<OwnAsync>;

/** One of them is there. */
type GivenBy<Name extends keyof OwnAsync> = {
  [One in Name]: { readonly [Given in One]: NonNullable<OwnAsync[One]> };
}[Name];
