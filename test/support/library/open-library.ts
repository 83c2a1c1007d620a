import { Test, type TestingModule } from '@nestjs/testing';
import {
  CustomersService,
  DocumentsService,
  GlomopayModule,
  OrdersService,
  PaymentsService,
  RefundsService,
  type GlomopayModuleOptions,
} from 'nestjs-glomopay';
import { aSecretKey } from './secret-key.js';
import { FastClock } from './fast-clock.js';

/** The library in a Nest container, as a host has it. */
export interface OpenLibrary {
  readonly orders: OrdersService;
  readonly payments: PaymentsService;
  readonly customers: CustomersService;
  readonly refunds: RefundsService;
  readonly documents: DocumentsService;
  readonly module: TestingModule;
  readonly clock: FastClock;
  close(): Promise<void>;
}

/** How a test opens the library beside its options. */
export interface Opening {
  readonly options?: Partial<GlomopayModuleOptions>;
  /** Pauses take no time unless `real`. */
  readonly clock?: FastClock | 'real';
}

export async function openLibrary(
  baseUrl: string,
  { options = {}, clock = new FastClock() }: Opening = {},
): Promise<OpenLibrary> {
  const building = Test.createTestingModule({
    imports: [
      GlomopayModule.forRoot({
        secretKey: aSecretKey(),
        baseUrl,
        timeoutMs: 5_000,
        deadlineMs: 30_000,
        ...options,
      }),
    ],
  });
  if (clock !== 'real') {
    building.overrideProvider(Symbol.for('nestjs-glomopay:clock')).useValue(clock);
  }
  const module = await building.compile();
  await module.init();
  return {
    orders: module.get(OrdersService),
    payments: module.get(PaymentsService),
    customers: module.get(CustomersService),
    refunds: module.get(RefundsService),
    documents: module.get(DocumentsService),
    module,
    clock: clock === 'real' ? new FastClock() : clock,
    close: () => module.close(),
  };
}
