import type { AccountOptions, AccountSource, GlomopayAccounts, OrdersService } from '../index.js';
import { GlomopayMerchantsModule, OrdersService as Orders, type TrackingStore } from '../index.js';

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
