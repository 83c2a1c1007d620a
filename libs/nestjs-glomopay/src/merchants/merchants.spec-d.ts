import type { AccountOptions, AccountSource, GlomopayAccounts, OrdersService } from '../index.js';
import {
  GlomopayMerchantsModule,
  GlomopayModule,
  OrdersService as Orders,
  type TrackingStore,
} from '../index.js';

/*
 * Checked by the compiler alone: what has to compile compiles, and what has an `@ts-expect-error`
 * before it does not.
 */

export class Table implements AccountSource {
  async find(name: string, signal: AbortSignal): Promise<AccountOptions | undefined> {
    return signal.aborted ? undefined : { secretKey: `key-of-${name}` };
  }
}

export const atOnce: AccountSource = { find: (name) => (name === 'a' ? { secretKey: 'k' } : null) };

// @ts-expect-error an account has a key
export const keyless: AccountSource = { find: () => ({ webhookSecret: 'w' }) };

export async function use(accounts: GlomopayAccounts): Promise<void> {
  (await accounts.load('a', Orders)) satisfies OrdersService;
  (await accounts.use('a', async (account) => account.get(Orders).list())) satisfies object;
  (await accounts.use('a', ({ name }) => name)) satisfies string;
  await accounts.register({ name: 'a', secretKey: 'k', timeoutMs: 1_000 });
  const tracking = { history: false, sweep: { maxChecks: 3 }, inbox: { maxTries: 2 } };
  await accounts.register({ name: 'a', secretKey: 'k', tracking });
  // @ts-expect-error one store serves all merchants
  await accounts.register({ name: 'a', secretKey: 'k', tracking: { store: null } });
  // @ts-expect-error one loop works for all merchants
  await accounts.register({ name: 'a', secretKey: 'k', tracking: { sweep: { everyMs: 0 } } });
  // @ts-expect-error a registration has a name
  await accounts.register({ secretKey: 'k' });
  // @ts-expect-error the doctor examines an application, not one of its accounts
  await accounts.register({ name: 'a', secretKey: 'k', doctor: true });
  (await accounts.unregister('a')) satisfies boolean;
}

export const modules = (source: Table, store: TrackingStore) => [
  GlomopayMerchantsModule.forRoot({ source, tracking: { store }, most: 100 }),
  GlomopayMerchantsModule.forRootAsync({
    webhooks: { path: '/webhooks/glomopay/:account' },
    inject: [Table],
    useFactory: (table: Table) => ({ source: table, tracking: { store } }),
  }),
  // @ts-expect-error a source can find
  GlomopayMerchantsModule.forRoot({ source: {} }),
  // @ts-expect-error one registration serves every account
  GlomopayMerchantsModule.forRoot({ source, name: 'emea' }),
];

class Pool {
  readonly size = 1;
}
class NoTable {}

export const together = (source: Table, store: TrackingStore) => [
  GlomopayModule.forRoot({ accounts: source }),
  GlomopayModule.forRoot({ accounts: { useClass: Table }, isGlobal: false, idleMs: 60_000 }),
  GlomopayModule.forRoot({ accounts: source, secretKey: 'of-the-shop', tracking: { store } }),
  GlomopayModule.forRootAsync({ accounts: source, tracking: { store } }),
  GlomopayModule.forRootAsync({
    accounts: { imports: [], useExisting: Table },
    webhooks: { path: '/webhooks/glomopay/:account' },
    tracking: { inject: [Pool], useFactory: ({ size }: Pool) => ({ store, migrate: size > 0 }) },
    most: 100,
  }),
  GlomopayModule.forRootAsync({
    accounts: {
      inject: [Pool],
      useFactory: async ({ size }: Pool) => (size > 0 ? source : new Table()),
    },
    inject: [Pool],
    useFactory: ({ size }: Pool) => ({ secretKey: `of-the-shop-${size}` }),
    name: 'home',
  }),
  // @ts-expect-error a source can find
  GlomopayModule.forRoot({ accounts: {} }),
  // @ts-expect-error the class of a source can find
  GlomopayModule.forRoot({ accounts: { useClass: NoTable } }),
  // @ts-expect-error there is one way to provide it
  GlomopayModule.forRoot({ accounts: { useClass: Table, useExisting: Table } }),
  // @ts-expect-error limits are of accounts
  GlomopayModule.forRoot({ secretKey: 'k', idleMs: 60_000 }),
  // @ts-expect-error an account of a module is tracked by GlomopayTrackingModule
  GlomopayModule.forRoot({ secretKey: 'k', tracking: { store } }),
  // @ts-expect-error a name is of an account of its own
  GlomopayModule.forRoot({ accounts: source, name: 'home' }),
  // @ts-expect-error other options too
  GlomopayModule.forRoot({ accounts: source, callbackUrl: 'https://shop.test' }),
  // @ts-expect-error nothing says what the route is for
  GlomopayModule.forRootAsync({ webhooks: { path: '/x' }, useFactory: () => ({ secretKey: 'k' }) }),
  // @ts-expect-error nobody needs these
  GlomopayModule.forRootAsync({ accounts: source, inject: [Pool] }),
  // @ts-expect-error tracking has a store
  GlomopayModule.forRootAsync({ accounts: source, tracking: {} }),
];
