import { Injectable } from '@nestjs/common';
import { ConfigModule, ConfigService, type ConfigType } from '@nestjs/config';
import {
  type AnyGlomopayError,
  type CallbackVerifier,
  CreatePaymentDto,
  type GlomopayCallback,
  glomopayConfig,
  type GlomopayKeys,
  type GlomopayError,
  type GlomopayErrorCode,
  type GlomopayModuleOptions,
  GlomopayModule,
  type GlomopayOptionsFactory,
  isGlomopayError,
  type OrdersService,
  type PaymentsService,
} from './index.js';

/*
 * Checked by the compiler alone: what has to compile compiles, and what has an `@ts-expect-error`
 * before it does not.
 */

const card = {
  holderName: 'A B',
  number: '4111111111111111',
  cvv: '123',
  expiryMonth: '12',
  expiryYear: '2030',
};

export async function payments(service: PaymentsService, dto: CreatePaymentDto): Promise<void> {
  const attempt = await service.create({ orderId: 'order_1', card: { ...card } });
  attempt.paymentId satisfies `payt_${string}`;
  await service.create(dto);
  await service.create(dto, { signal: new AbortController().signal });
  // @ts-expect-error a payment has a card
  await service.create({ orderId: 'order_1' });
  // @ts-expect-error an amount belongs to the order
  await service.create({ orderId: 'order_1', card, amount: 1 });
}

export async function orders(service: OrdersService): Promise<void> {
  const order = await service.create({ customerId: 'cust_1', amount: 100, currency: 'USD' });
  order.id satisfies `order_${string}`;
  // @ts-expect-error minor units are a number
  await service.create({ customerId: 'cust_1', amount: '100', currency: 'USD' });
  // @ts-expect-error what the gateway recorded cannot be changed here
  order.amount = 1;
}

export function callbacks(verifier: CallbackVerifier): GlomopayCallback {
  const callback = verifier.verify({});
  callback.status satisfies 'success' | 'failed';
  // @ts-expect-error a verified callback is read, not written
  callback.status = 'success';
  // @ts-expect-error the signature is spent
  void callback.signature;
  // @ts-expect-error a query is not a callback
  const unverified: GlomopayCallback = { orderId: 'order_1', paymentId: 'payt_1', status: 'paid' };
  // @ts-expect-error an id has its prefix
  const foreign: GlomopayCallback = { orderId: 'x', paymentId: 'payt_1', status: 'failed' };
  // @ts-expect-error a verified callback comes from a verifier, whatever its members
  const handmade: GlomopayCallback = { orderId: 'order_1', paymentId: 'payt_1', status: 'failed' };
  // @ts-expect-error nor does a copy of its members pass for one
  const copied: GlomopayCallback = {
    orderId: callback.orderId,
    paymentId: callback.paymentId,
    status: callback.status,
  };
  return callback ?? unverified ?? foreign ?? handmade ?? copied;
}

@Injectable()
class Factory implements GlomopayOptionsFactory {
  createGlomopayOptions(): GlomopayModuleOptions {
    return { secretKey: ['a', 'b'] };
  }
}

class Wrong {
  create(): GlomopayModuleOptions {
    return { secretKey: 'a' };
  }
}

export const registrations = [
  GlomopayModule.forRoot({ secretKey: 'a' }),
  GlomopayModule.forRoot({ secretKey: 'a', isGlobal: false, name: 'emea' }),
  GlomopayModule.forRootAsync({ useFactory: () => ({ secretKey: 'a' }) }),
  GlomopayModule.forRootAsync({ useFactory: async () => ({ secretKey: 'a' }), name: 'emea' }),
  GlomopayModule.forRootAsync({ useClass: Factory, isGlobal: true }),
  GlomopayModule.forRootAsync({ imports: [], useExisting: Factory }),
  GlomopayModule.forRootAsync({
    inject: [ConfigService],
    useFactory: (config: ConfigService) => ({
      secretKey: config.getOrThrow<string>('GLOMOPAY_SECRET_KEY'),
      webhookSecret: config.get<string>('GLOMOPAY_WEBHOOK_SECRET'),
      callbackUrl: config.get<string>('GLOMOPAY_CALLBACK_URL'),
    }),
  }),
  GlomopayModule.forRootAsync({
    imports: [ConfigModule.forFeature(glomopayConfig)],
    inject: [glomopayConfig.KEY],
    useFactory: (config: ConfigType<typeof glomopayConfig>) => config,
  }),
  GlomopayModule.forRootAsync(glomopayConfig.asProvider()),
  // @ts-expect-error there is no account without a key
  GlomopayModule.forRoot({}),
  // @ts-expect-error no option switches certificate checks off
  GlomopayModule.forRoot({ secretKey: 'a', http: { rejectUnauthorized: false } }),
  // @ts-expect-error there are two environments
  GlomopayModule.forRoot({ secretKey: 'a', environment: 'staging' }),
  // @ts-expect-error a factory gives options
  GlomopayModule.forRootAsync({ useFactory: () => ({ key: 'a' }) }),
  // @ts-expect-error the class has no createGlomopayOptions()
  GlomopayModule.forRootAsync({ useClass: Wrong }),
];

export function errors(thrown: unknown): string {
  if (!isGlomopayError(thrown)) return '';
  thrown.outcome satisfies 'not_sent' | 'rejected' | 'unknown';
  // @ts-expect-error an error is not rewritten
  thrown.code = 'GLOMOPAY_API';
  return thrown.code;
}

/** The code of an error leads to its fields, and each code is met by a class. */
export function fieldsOf(thrown: unknown): unknown {
  if (!isGlomopayError(thrown)) return undefined;
  thrown satisfies AnyGlomopayError satisfies GlomopayError;
  // @ts-expect-error a field is there once the code is known
  void thrown.violations;
  switch (thrown.code) {
    case 'GLOMOPAY_VALIDATION':
      return thrown.violations.map(({ path }) => path satisfies string);
    case 'GLOMOPAY_API':
      return [thrown.status satisfies number, thrown.gatewayCode satisfies string | undefined];
    case 'GLOMOPAY_OUTCOME_UNKNOWN':
      return [thrown.attempts satisfies number, thrown.outcome satisfies 'unknown'];
    case 'GLOMOPAY_REQUEST_ID_CONFLICT':
      return thrown.existingId satisfies string;
    case 'GLOMOPAY_RESPONSE_MALFORMED':
      return thrown.path satisfies string;
    case 'GLOMOPAY_SIGNATURE':
      return thrown.reason satisfies 'malformed' | 'mismatch' | 'too_large';
    case 'GLOMOPAY_POLL_TIMEOUT':
      return thrown.lastStatus satisfies string | undefined;
    case 'GLOMOPAY_UNREACHABLE':
      return thrown.reason satisfies 'no_connection' | 'rate_limit';
    case 'GLOMOPAY_CONFIGURATION':
      return thrown.faults satisfies readonly string[];
    case 'GLOMOPAY_ABORTED':
      return thrown.call satisfies string;
    case 'GLOMOPAY_NOT_RESOLVABLE':
      return [thrown.state satisfies string, thrown.resolution satisfies string | null];
    case 'GLOMOPAY_NOT_ERASABLE':
      return [thrown.state satisfies string, thrown.fault satisfies string];
    case 'GLOMOPAY_NOT_STORED':
    case 'GLOMOPAY_ACCOUNT_UNAVAILABLE':
    case 'GLOMOPAY_ACCOUNT_UNKNOWN':
      return thrown.outcome satisfies 'not_sent';
    default:
      return thrown satisfies never;
  }
}

export const everyCode = (code: GlomopayErrorCode) => code satisfies AnyGlomopayError['code'];

export const vaults: readonly GlomopayModuleOptions[] = [
  { secretKey: () => 'key', webhookSecret: async () => ['new', 'old'] },
  {
    secretKey: (signal) => fetch('https://vault.test', { signal }).then((answer) => answer.text()),
  },
  { secretKey: { current: () => ({ keys: 'key', expiresAt: new Date(), graceMs: 0 }) } },
  {
    secretKey: { current: async () => ['key'], onChange: (changed) => void setTimeout(changed, 1) },
  },
  { secretKey: { current: () => 'key', onChange: () => () => undefined } },
  { secretKey: 'key', keyRotation: { refreshEveryMs: 60_000, graceMs: 0, refreshTimeoutMs: 100 } },
  // @ts-expect-error a provider gives texts
  { secretKey: () => 42 },
  // @ts-expect-error nothing is no key
  { secretKey: async () => undefined },
  // @ts-expect-error a source can be read
  { secretKey: { onChange: () => undefined } },
  // @ts-expect-error a reading has keys
  { secretKey: { current: () => ({ expiresAt: new Date() }) } },
  // @ts-expect-error an end is a date
  { secretKey: { current: () => ({ keys: 'key', expiresAt: 60 }) } },
  // @ts-expect-error there is no such timing
  { secretKey: 'key', keyRotation: { everyMs: 1 } },
];

export async function keys(service: GlomopayKeys): Promise<void> {
  const { secretKey, webhookSecret } = await service.refresh();
  secretKey.readAt satisfies Date | undefined;
  webhookSecret?.fault satisfies string | undefined;
  // @ts-expect-error what is known of keys is no key
  void secretKey.keys;
}
