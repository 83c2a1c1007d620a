import { describe, expect, it } from '@jest/globals';
import { Inject, Injectable, Module, type ModuleMetadata } from '@nestjs/common';
import { ConfigModule, type ConfigType } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { CallbackSignatureGuard } from './callback/callback-signature.guard.js';
import { CallbackVerifier } from './callback/callback-verifier.js';
import type { GlomopayConfig } from './config/glomopay-config.js';
import type { GlomopayModuleOptions, GlomopayOptionsFactory } from './config/glomopay-options.js';
import { glomopayConfig } from './config/glomopay.config.js';
import { GLOMOPAY_CONFIG } from './config/glomopay.tokens.js';
import { CustomersService } from './api/customers/customers.service.js';
import { GlomopayConfigurationError } from './errors/configuration.error.js';
import { GlomopayModule } from './glomopay.module.js';
import { OrdersService } from './api/orders/orders.service.js';
import { PaymentsService } from './api/payments/payments.service.js';
import { reveal } from './values/secret.js';

const KEY = 'secret-alpha-1f0c2e';
const NAME = 'a-token';

@Module({ providers: [{ provide: NAME, useValue: KEY }], exports: [NAME] })
class KeyModule {}

@Injectable()
class OptionsFactory implements GlomopayOptionsFactory {
  createGlomopayOptions(): GlomopayModuleOptions {
    return { secretKey: KEY };
  }
}

@Injectable()
class SlowOptionsFactory implements GlomopayOptionsFactory {
  readonly #key: string;

  constructor(@Inject(NAME) key: string) {
    this.#key = key;
  }

  async createGlomopayOptions(): Promise<GlomopayModuleOptions> {
    await Promise.resolve();
    return { secretKey: this.#key };
  }
}

@Module({ providers: [OptionsFactory], exports: [OptionsFactory] })
class FactoryModule {}

@Injectable()
class Shop {
  constructor(
    @Inject(OrdersService) readonly orders: OrdersService,
    @Inject(PaymentsService) readonly payments: PaymentsService,
    @Inject(CustomersService) readonly customers: CustomersService,
    @Inject(CallbackVerifier) readonly verifier: CallbackVerifier,
    @Inject(CallbackSignatureGuard) readonly guard: CallbackSignatureGuard,
  ) {}
}

@Module({ providers: [Shop] })
class ShopModule {}

type Import = NonNullable<ModuleMetadata['imports']>[number];

async function keysOf(...imports: Import[]): Promise<string[]> {
  const app = await Test.createTestingModule({ imports }).compile();
  try {
    return app
      .get<GlomopayConfig>(GLOMOPAY_CONFIG, { strict: false })
      .secretKeys.active()
      .map(reveal);
  } finally {
    await app.close();
  }
}

describe('GlomopayModule', () => {
  const forms: readonly [string, () => Import][] = [
    ['forRoot', () => GlomopayModule.forRoot({ secretKey: KEY })],
    ['a factory', () => GlomopayModule.forRootAsync({ useFactory: () => ({ secretKey: KEY }) })],
    [
      'an async factory',
      () => GlomopayModule.forRootAsync({ useFactory: async () => ({ secretKey: KEY }) }),
    ],
    [
      'a factory with imports and inject',
      () =>
        GlomopayModule.forRootAsync({
          imports: [KeyModule],
          inject: [NAME],
          useFactory: (secretKey: string) => ({ secretKey }),
        }),
    ],
    [
      'a factory with an absent optional dependency',
      () =>
        GlomopayModule.forRootAsync({
          inject: [{ token: 'absent', optional: true }],
          useFactory: (secretKey?: string) => ({ secretKey: secretKey ?? KEY }),
        }),
    ],
    [
      'a factory with providers of its own',
      () =>
        GlomopayModule.forRootAsync({
          extraProviders: [{ provide: NAME, useValue: KEY }],
          inject: [NAME],
          useFactory: (secretKey: string) => ({ secretKey }),
        }),
    ],
    ['a class', () => GlomopayModule.forRootAsync({ useClass: OptionsFactory })],
    [
      'a class with dependencies and a promise',
      () => GlomopayModule.forRootAsync({ imports: [KeyModule], useClass: SlowOptionsFactory }),
    ],
    [
      'an existing provider',
      () => GlomopayModule.forRootAsync({ imports: [FactoryModule], useExisting: OptionsFactory }),
    ],
  ];

  it.each(forms)('takes its options from %s', async (_, form) => {
    expect(await keysOf(form())).toEqual([KEY]);
  });

  it.each(forms)('serves every module of the application, from %s', async (_, form) => {
    const app = await Test.createTestingModule({ imports: [form(), ShopModule] }).compile();
    const shop = app.get(Shop, { strict: false });
    expect(shop.orders).toBeInstanceOf(OrdersService);
    expect(shop.payments).toBeInstanceOf(PaymentsService);
    expect(shop.customers).toBeInstanceOf(CustomersService);
    expect(shop.verifier).toBeInstanceOf(CallbackVerifier);
    expect(shop.guard).toBeInstanceOf(CallbackSignatureGuard);
    await app.close();
  });

  it('serves only its importers when it is not global', async () => {
    const local = GlomopayModule.forRoot({ secretKey: KEY, isGlobal: false });
    await expect(keysOf(local, ShopModule)).rejects.toThrow(/can't resolve dependencies.*Shop/s);

    const asynchronous = GlomopayModule.forRootAsync({
      isGlobal: false,
      useFactory: () => ({ secretKey: KEY }),
    });
    await expect(keysOf(asynchronous, ShopModule)).rejects.toThrow(/OrdersService/);
    expect(await keysOf({ module: ShopModule, imports: [local] })).toEqual([KEY]);
  });

  it('takes its options from the environment by ConfigModule', async () => {
    process.env['GLOMOPAY_SECRET_KEY'] = ` ${KEY} ,`;
    process.env['GLOMOPAY_WEBHOOK_SECRET'] = '';
    try {
      expect(
        await keysOf(
          GlomopayModule.forRootAsync({
            imports: [ConfigModule.forFeature(glomopayConfig)],
            inject: [glomopayConfig.KEY],
            useFactory: (config: ConfigType<typeof glomopayConfig>) => config,
          }),
        ),
      ).toEqual([KEY]);
    } finally {
      delete process.env['GLOMOPAY_SECRET_KEY'];
      delete process.env['GLOMOPAY_WEBHOOK_SECRET'];
    }
  });

  it('reads a factory of ConfigModule directly', async () => {
    process.env['GLOMOPAY_SECRET_KEY'] = KEY;
    try {
      expect(await keysOf(GlomopayModule.forRootAsync(glomopayConfig.asProvider()))).toEqual([KEY]);
    } finally {
      delete process.env['GLOMOPAY_SECRET_KEY'];
    }
  });

  const bad = { secretKey: ['test_c4n4ry'], baseUrl: 'ftp://c4n4ry', timeoutMs: 0 };
  it.each<[string, () => Import]>([
    ['forRoot', () => GlomopayModule.forRoot(bad)],
    ['a factory', () => GlomopayModule.forRootAsync({ useFactory: () => bad })],
    ['an async factory', () => GlomopayModule.forRootAsync({ useFactory: async () => bad })],
  ])('does not start with bad options from %s, and says all of it at once', async (_, form) => {
    @Module({ imports: [form()] })
    class App {}
    const thrown: unknown = await NestFactory.create(App, {
      abortOnError: false,
      logger: false,
    }).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(GlomopayConfigurationError);
    expect(thrown).toHaveProperty('faults.length', 3);
    expect(String(thrown)).not.toContain('c4n4ry');
  });

  it.each([undefined, null, 7, 'secret'])(
    'does not start when a factory gives %p',
    async (value) => {
      const useFactory = () => value as unknown as GlomopayModuleOptions;
      await expect(keysOf(GlomopayModule.forRootAsync({ useFactory }))).rejects.toThrow(
        GlomopayConfigurationError,
      );
    },
  );

  it('passes on what a factory throws', async () => {
    const registration = GlomopayModule.forRootAsync({
      useFactory: () => Promise.reject(new RangeError('vault sealed')),
    });
    await expect(keysOf(registration)).rejects.toThrow(RangeError);
  });
});
