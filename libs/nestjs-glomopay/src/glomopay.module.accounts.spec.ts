import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Inject, Injectable, Module, type ModuleMetadata } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { GlomopayAccounts } from './config/glomopay-accounts.js';
import { CallbackSignatureGuard } from './callback/callback-signature.guard.js';
import { CallbackVerifier } from './callback/callback-verifier.js';
import { getGlomopayToken, InjectGlomopay } from './config/glomopay.tokens.js';
import { GlomopayModule } from './glomopay.module.js';
import { exportedProviders } from './glomopay.providers.js';
import { OrdersService } from './api/orders/orders.service.js';

/** A gateway that answers one order to everything and keeps the key of each call. */
class Recorder {
  readonly bearers: (string | undefined)[] = [];
  readonly #server: Server;

  constructor() {
    this.#server = createServer((request, response) => {
      this.bearers.push(request.headers.authorization);
      response.setHeader('content-type', 'application/json');
      response.end(
        '{"id":"order_a","customer_id":"cust_a","status":"active","amount":1,"currency":"USD"}',
      );
    }).listen(0, '127.0.0.1');
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async ready(): Promise<void> {
    await once(this.#server, 'listening');
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

@Injectable()
class Desk {
  constructor(
    @Inject(OrdersService) readonly main: OrdersService,
    @InjectGlomopay('emea', OrdersService) readonly emea: OrdersService,
    @InjectGlomopay('apac', OrdersService) readonly apac: OrdersService,
  ) {}
}

@Module({ providers: [Desk] })
class DeskModule {}

/** A host's guard for the callbacks of one account. */
@Injectable()
class EmeaCallbackGuard extends CallbackSignatureGuard {
  constructor(@Inject(GlomopayAccounts) accounts: GlomopayAccounts) {
    super(accounts.fixedTo('emea'));
  }
}

type Imports = NonNullable<ModuleMetadata['imports']>;

const accounts = { main: new Recorder(), emea: new Recorder(), apac: new Recorder() };

async function callEach(imports: Imports): Promise<void> {
  const app = await Test.createTestingModule({ imports: [...imports, DeskModule] }).compile();
  const desk = app.get(Desk, { strict: false });
  await Promise.all([desk.main.get('order_a'), desk.emea.get('order_a'), desk.apac.get('order_a')]);
  await app.close();
}

const options = (name: keyof typeof accounts) => ({
  secretKey: `key-${name}`,
  baseUrl: accounts[name].url,
});
const eachItsOwn = {
  main: ['Bearer key-main'],
  emea: ['Bearer key-emea'],
  apac: ['Bearer key-apac'],
};
const seen = () =>
  Object.fromEntries(Object.entries(accounts).map(([name, { bearers }]) => [name, bearers]));

const factory = (name: keyof typeof accounts) => () => options(name);

describe('Named accounts', () => {
  beforeAll(() => Promise.all(Object.values(accounts).map((account) => account.ready())));
  afterAll(() => Object.values(accounts).forEach((account) => account.close()));
  beforeEach(() => Object.values(accounts).forEach(({ bearers }) => bearers.splice(0)));

  it('send each their own key to their own gateway', async () => {
    await callEach([
      GlomopayModule.forRoot(options('main')),
      GlomopayModule.forRoot({ name: 'emea', ...options('emea') }),
      GlomopayModule.forRoot({ name: 'apac', ...options('apac') }),
    ]);
    expect(seen()).toEqual(eachItsOwn);
  });

  it.each([
    ['main', 'emea', 'apac'],
    ['apac', 'emea', 'main'],
    ['emea', 'main', 'apac'],
  ] as const)('do so in any order: %s, %s, %s', async (...order) => {
    await callEach(
      order.map((name) =>
        GlomopayModule.forRootAsync({
          ...(name !== 'main' && { name }),
          useFactory: () => options(name),
        }),
      ),
    );
    expect(seen()).toEqual(eachItsOwn);
  });

  it('do not merge when their factories have the same text', async () => {
    await callEach([
      GlomopayModule.forRootAsync({ useFactory: factory('main') }),
      GlomopayModule.forRootAsync({ name: 'emea', useFactory: factory('emea') }),
      GlomopayModule.forRootAsync({ name: 'apac', useFactory: factory('apac') }),
    ]);
    expect(seen()).toEqual(eachItsOwn);
  });

  it('do not merge either where modules are told apart by their content', async () => {
    const imports = [
      GlomopayModule.forRootAsync({ useFactory: factory('main') }),
      GlomopayModule.forRootAsync({ name: 'emea', useFactory: factory('emea') }),
      GlomopayModule.forRoot({ name: 'apac', ...options('apac') }),
      DeskModule,
    ];
    const app = await Test.createTestingModule(
      { imports },
      { moduleIdGeneratorAlgorithm: 'deep-hash' },
    ).compile();
    const desk = app.get(Desk, { strict: false });
    await Promise.all([
      desk.main.get('order_a'),
      desk.emea.get('order_a'),
      desk.apac.get('order_a'),
    ]);
    await app.close();
    expect(seen()).toEqual(eachItsOwn);
  });

  it('verify callbacks under their own key only, also in a guard', async () => {
    const app = await Test.createTestingModule({
      imports: [
        GlomopayModule.forRoot(options('main')),
        GlomopayModule.forRoot({ name: 'emea', ...options('emea') }),
      ],
      providers: [EmeaCallbackGuard],
    }).compile();
    const signature = createHmac('sha256', 'key-emea')
      .update('order_a|payt_b|failed')
      .digest('hex');
    const query = { order_id: 'order_a', payment_id: 'payt_b', status: 'failed', signature };
    const emea = app.get<CallbackVerifier>(getGlomopayToken(CallbackVerifier, 'emea'), {
      strict: false,
    });
    expect(emea.verify(query).orderId).toBe('order_a');
    expect(() => app.get(CallbackVerifier, { strict: false }).verify(query)).toThrow(
      expect.objectContaining({ reason: 'mismatch' }),
    );
    const request = { originalUrl: `/cb?${new URLSearchParams(query)}` };
    const context = { switchToHttp: () => ({ getRequest: () => request }) };
    expect(
      Reflect.apply(EmeaCallbackGuard.prototype.canActivate, app.get(EmeaCallbackGuard), [context]),
    ).toBe(true);
    await app.close();
  });

  it.each(['first', 'last'])(
    'are not what app.get() finds by a class when they come %s',
    async (at) => {
      const main = GlomopayModule.forRoot(options('main'));
      const emea = GlomopayModule.forRoot({ name: 'emea', ...options('emea') });
      const imports = at === 'first' ? [emea, main] : [main, emea];
      const app = await Test.createTestingModule({ imports }).compile();
      await app.get(OrdersService, { strict: false }).get('order_a');
      await app
        .get<OrdersService>(getGlomopayToken(OrdersService), { strict: false })
        .get('order_a');
      await app.close();
      expect(seen()).toEqual({ main: ['Bearer key-main', 'Bearer key-main'], emea: [], apac: [] });
    },
  );

  it('inject nothing of each other by class, which would be the default account', () => {
    const exported = exportedProviders().map(({ provide }) => provide);
    const injected = exportedProviders().flatMap((provider) =>
      'useClass' in provider
        ? (Reflect.getMetadata('self:paramtypes', provider.useClass) as { param: unknown }[])
        : [],
    );
    expect(injected.length).toBeGreaterThan(5);
    expect(injected.filter(({ param }) => exported.some((token) => token === param))).toEqual([]);
    expect(new Set(exportedProviders('emea').flatMap((provider) => provider.inject ?? []))).toEqual(
      new Set([GlomopayAccounts]),
    );
  });

  it('leave the classes themselves to the default account', async () => {
    const only = GlomopayModule.forRoot({ name: 'emea', ...options('emea') });
    await expect(
      Test.createTestingModule({ imports: [only, DeskModule] }).compile(),
    ).rejects.toThrow(/OrdersService/);
  });

  it('are no other accounts than they are named', () => {
    expect(getGlomopayToken(OrdersService)).toBe(OrdersService);
    expect(getGlomopayToken(OrdersService, 'emea')).toBe(getGlomopayToken(OrdersService, 'emea'));
    expect(getGlomopayToken(OrdersService, 'emea')).not.toBe(
      getGlomopayToken(OrdersService, 'apac'),
    );
    expect(getGlomopayToken(OrdersService, 'emea')).not.toBe(
      getGlomopayToken(CallbackVerifier, 'emea'),
    );
  });
});
