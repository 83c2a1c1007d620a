import { afterEach, describe, expect, it } from '@jest/globals';
import { Inject, Injectable, Module, type DynamicModule } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  type AccountOptions,
  type AccountSource,
  GlomopayAccounts,
  GlomopayConfigurationError,
  GlomopayModule,
  MemoryTrackingStore,
  OrdersService,
  PaymentTracker,
} from 'nestjs-glomopay';
import { CapturedLog } from '../support/captured-log.js';
import { platforms, startNestHost } from '../support/nest-host.js';
import { until } from '../support/until.js';
import { deliver, Ledger } from './merchant-shop.js';

const secretKey = 'a-secret-key-5f0c2e81';
const webhookSecret = 'a-hook-secret-5f0c2e81';

@Injectable()
class Keys {
  of(name: string): AccountOptions | undefined {
    return name.startsWith('shop-')
      ? { secretKey: `${secretKey}-${name}`, webhookSecret }
      : undefined;
  }
}

@Injectable()
class MerchantTable implements AccountSource {
  constructor(@Inject(Keys) private readonly keys: Keys) {}

  find(name: string): AccountOptions | undefined {
    return this.keys.of(name);
  }
}

@Module({ providers: [Keys, MerchantTable], exports: [Keys, MerchantTable] })
class MerchantTableModule {}

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function started(registration: DynamicModule) {
  const module = await Test.createTestingModule({ imports: [registration] }).compile();
  module.useLogger(new CapturedLog());
  const app = await module.init();
  ends.push(() => app.close());
  return app;
}

const imports = [MerchantTableModule];
const source: AccountSource = { find: (name) => new Keys().of(name) };
const provided: readonly (readonly [
  string,
  Parameters<typeof GlomopayModule.forRoot>[0]['accounts'],
])[] = [
  ['itself', source],
  ['by useExisting', { imports, useExisting: MerchantTable }],
  ['by useClass', { imports, useClass: MerchantTable }],
  [
    'by useFactory',
    { imports, inject: [Keys], useFactory: async (keys: Keys) => new MerchantTable(keys) },
  ],
];

describe.each(provided)('GlomopayModule with accounts, given %s', (_, accounts) => {
  it.each(['forRoot', 'forRootAsync'] as const)(
    'has merchants by %s, and no own account',
    async (how) => {
      const tracking = { store: new MemoryTrackingStore(), sweep: { everyMs: 0 } };
      const app = await started(GlomopayModule[how]({ accounts, tracking } as never));
      const found = app.get(GlomopayAccounts);
      expect(found.names()).toEqual([]);
      await found.load('shop-1', PaymentTracker);
      expect(found.openNames()).toEqual(['shop-1']);
      expect(() => found.get('default', OrdersService)).toThrow('no account default');
    },
  );

  it.each(['forRoot', 'forRootAsync'] as const)(
    'has merchants and an own account by %s',
    async (how) => {
      const own = how === 'forRoot' ? { secretKey } : { useFactory: () => ({ secretKey }) };
      const app = await started(GlomopayModule[how]({ accounts, ...own } as never));
      const found = app.get(GlomopayAccounts);
      expect(found.names()).toEqual(['default']);
      expect(found.get('default', OrdersService)).toBe(app.get(OrdersService));
      const ofMerchant = await found.load('shop-1', OrdersService);
      expect(ofMerchant).not.toBe(app.get(OrdersService));
      await found.register({ name: 'shop-2', secretKey });
      expect(found.names()).toEqual(['default', 'shop-2']);
      // They are not tracked, for nothing says where.
      await expect(found.load('shop-1', PaymentTracker)).rejects.toThrow('has no PaymentTracker');
    },
  );
});

describe.each(platforms)('GlomopayModule with accounts on %s', (platform) => {
  it('has the one route, with tracking by a factory, and its limits', async () => {
    const store = new MemoryTrackingStore();
    const host = await startNestHost(
      platform,
      {
        imports: [
          GlomopayModule.forRootAsync({
            accounts: { imports, useExisting: MerchantTable },
            webhooks: { path: '/webhooks/glomopay/:account' },
            tracking: {
              imports,
              inject: [Keys],
              useFactory: async (keys: Keys) => ({
                store,
                sweep: { everyMs: keys.of('nobody') === undefined ? 0 : 1 },
              }),
            },
            idleMs: 1_000,
          }),
        ],
        providers: [Ledger],
      },
      { options: { rawBody: true } },
    );
    ends.push(() => host.close());
    const to = `http://127.0.0.1:${host.port}/webhooks/glomopay/shop-1`;
    expect((await deliver(to, webhookSecret)).status).toBe(200);
    expect((await deliver(to, 'made-up')).status).toBe(401);
    await until(() => host.app.get(Ledger).heard.length === 1);
    await until(() => host.app.get(GlomopayAccounts).openNames().length === 0);
  });
});

describe('GlomopayModule with accounts', () => {
  const faultsOf = (how: 'forRoot' | 'forRootAsync', registration: object): string => {
    try {
      GlomopayModule[how](registration as never);
      return '';
    } catch (thrown) {
      if (thrown instanceof GlomopayConfigurationError) return thrown.faults.join('\n');
      throw thrown;
    }
  };
  const tracking = { store: new MemoryTrackingStore() };
  const useFactory = () => ({ secretKey });

  it.each<[object, object, string]>([
    [{ accounts: {} }, {}, 'accounts must be an AccountSource, which has find()'],
    [{ accounts: MerchantTable }, {}, 'accounts must be an AccountSource'],
    [{ accounts: null }, {}, 'accounts must be an AccountSource'],
    [{ accounts: [] }, {}, 'accounts must be an AccountSource'],
    [
      { accounts: { useClass: MerchantTable, useExisting: MerchantTable } },
      {},
      'or one of { useClass }',
    ],
    [
      { accounts: { useClass: MerchantTable, import: [] } },
      {},
      'accounts has an option that does not exist',
    ],
    [{ accounts: source, tracking: 7 }, {}, 'tracking must be options with a store'],
    [{ accounts: source, isGlobal: 'yes' }, {}, 'isGlobal must be true or false'],
    [{ accounts: source, webhooks: { path: '/no-name' } }, {}, ':account'],
    [{ accounts: source, name: 'home' }, {}, 'name of GlomopayModule'],
    [{ accounts: source, imports: [] }, {}, 'imports of GlomopayModule'],
    [{ tracking }, { secretKey, useFactory }, 'tracking of GlomopayModule'],
    [
      { webhooks: { path: '/:account' } },
      { secretKey, useFactory },
      'is for merchants made at run time',
    ],
    [{ idleMs: 1_000, most: 3 }, { secretKey, useFactory }, 'idleMs, most of GlomopayModule'],
  ])('refuses %p', (registration, own, fault) => {
    for (const how of ['forRoot', 'forRootAsync'] as const) {
      expect(faultsOf(how, { ...registration, ...own })).toContain(fault);
      expect(faultsOf(how, { ...registration, ...own })).toContain(
        fault.includes('of GlomopayModule') ? `GlomopayModule.${how}` : '',
      );
    }
  });

  it('says that its own account lacks a key where one was to be there', async () => {
    const registration = GlomopayModule.forRoot({
      accounts: source,
      secretKey: undefined,
    } as never);
    await expect(started(registration)).rejects.toThrow('secretKey');
  });

  it.each<[object, string]>([
    [{ accounts: { useFactory: () => undefined } }, 'accounts must be an AccountSource'],
    [{ accounts: { useClass: Keys } }, 'accounts must be an AccountSource'],
    [{ accounts: source, idleMs: 1 }, 'idleMs must be a whole number'],
    [{ accounts: source, tracking: {} }, 'store must be a TrackingStore'],
    [{ accounts: source, webhooks: { path: '/:account' } }, 'webhooks needs tracking'],
  ])('does not start with %p', async (registration, fault) => {
    await expect(started(GlomopayModule.forRootAsync(registration as never))).rejects.toThrow(
      fault,
    );
  });

  it('has an account of its own alone where accounts is undefined', async () => {
    const app = await started(
      GlomopayModule.forRoot({ accounts: undefined, idleMs: undefined, secretKey } as never),
    );
    expect(app.get(GlomopayAccounts).names()).toEqual(['default']);
  });

  it('is registered once with merchants, whichever module brings them', async () => {
    const both = {
      module: class Both {},
      imports: [
        GlomopayModule.forRoot({ accounts: source }),
        GlomopayModule.forRoot({ accounts: { find: () => undefined }, secretKey }),
      ],
    };
    await expect(started(both)).rejects.toThrow('is registered twice');
  });
});
