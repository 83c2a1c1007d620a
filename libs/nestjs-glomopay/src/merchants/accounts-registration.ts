import type {
  InjectionToken,
  ModuleMetadata,
  OptionalFactoryDependency,
  Type,
} from '@nestjs/common';
import type { AccountSource } from '../config/account-source.js';
import type { GlomopayTrackingOptions } from '../tracking/config/tracking-options.js';
import type { WebhookRouteOptions } from '../tracking/route/webhook-route-options.js';
import type { GlomopayMerchantsOptions } from './merchants-options.js';

/** Who makes something of a registration: one of a class, an existing provider, or a factory. */
export type ProviderOf<T> = Pick<ModuleMetadata, 'imports'> &
  (
    | { readonly useClass: Type<T>; readonly useExisting?: never; readonly useFactory?: never }
    | {
        readonly useExisting: InjectionToken<T>;
        readonly useClass?: never;
        readonly useFactory?: never;
      }
    | {
        readonly useFactory: (...dependencies: never[]) => T | Promise<T>;
        readonly inject?: (InjectionToken | OptionalFactoryDependency)[];
        readonly useClass?: never;
        readonly useExisting?: never;
      }
  );

/** What `GlomopayModule` takes for merchants that are made at run time, beside an account of its own or without one. */
export interface GlomopayAccountsRegistration extends Omit<
  GlomopayMerchantsOptions,
  'source' | 'tracking'
> {
  /** Where the merchants are kept: an `AccountSource`, or who provides it (`useExisting: MerchantTable`). */
  readonly accounts: AccountSource | ProviderOf<AccountSource>;
  /**
   * Tracking of all merchants, or a factory of its options. An account of the registration itself is not
   * meant: `GlomopayTrackingModule` follows that one. @defaultValue they are not tracked
   */
  readonly tracking?:
    | GlomopayTrackingOptions
    | Extract<ProviderOf<GlomopayTrackingOptions>, { readonly useFactory: unknown }>
    | undefined;
  /**
   * One ready-made route for the webhooks of all merchants, with `:account` in its path. Needs `tracking`.
   * @defaultValue none: the host has a route of its own
   */
  readonly webhooks?: WebhookRouteOptions | undefined;
  /** Whether `GlomopayAccounts` can be injected everywhere. @defaultValue true */
  readonly isGlobal?: boolean;
}

/** The members of {@link GlomopayAccountsRegistration} that only merchants have. */
export type OfMerchants = Exclude<keyof GlomopayAccountsRegistration, 'isGlobal'>;

export const OF_MERCHANTS: readonly OfMerchants[] = [
  'accounts',
  'tracking',
  'webhooks',
  'idleMs',
  'most',
  'refreshMs',
  'unknownMs',
  'findTimeoutMs',
];
