import {
  type CanActivate,
  type DynamicModule,
  type ExecutionContext,
  Injectable,
  type INestApplication,
  type Provider,
} from '@nestjs/common';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  getGlomopayToken,
  GlomopayModule,
  GlomopayTrackingModule,
  MemoryTrackingStore,
  OnGlomopayEvent,
  OnPaymentOutcome,
  type PaymentOutcome,
  type TrackedChange,
  type TrackedIntent,
  type TrackedRecord,
  WebhookInbox,
} from 'nestjs-glomopay';
import {
  GlomopayOperationsModule,
  type GlomopayOperationsOptions,
  type GlomopayOperationsRegistration,
} from 'nestjs-glomopay/operations';
import {
  type NestHost,
  type Platform,
  startNestHost,
  type Starting,
} from '../support/nest-host.js';

/** Who has this in a request is an operator. */
export const PASS = { 'x-operator': 'asha' };

@Injectable()
export class OperatorGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    return 'x-operator' in context.switchToHttp().getRequest().headers;
  }
}

/** Hears of outcomes, so that this process may conclude them. */
@Injectable()
export class Heard {
  isOutOfOrder = false;
  events = 0;
  readonly outcomes: PaymentOutcome[] = [];

  @OnPaymentOutcome()
  async record(outcome: PaymentOutcome): Promise<void> {
    if (this.isOutOfOrder) throw new Error('the shop is out of order, number 4111111111111111');
    this.outcomes.push(outcome);
  }

  /** Done at once, when an event is handled again. */
  @OnGlomopayEvent('payment.success')
  hear(): void {
    this.events += 1;
  }
}

/** An application with operations over accounts in memory, against its own sandbox. */
export interface OperationsHost extends NestHost {
  readonly sandbox: GlomopaySandbox;
  readonly heard: Heard;
  inbox(account?: string): WebhookInbox;
  /** Has a record stand where a machine has left it. */
  put(change: TrackedChange, over?: Partial<TrackedIntent>): Promise<TrackedRecord>;
  /** Has an event parked; gives its id. */
  park(type: string, objectId: string, error: string, account?: string): Promise<string>;
}

/** What is not as usual. */
export interface HostParts extends Starting {
  readonly operations?: Partial<GlomopayOperationsOptions & GlomopayOperationsRegistration>;
  /** In place of `forRoot` with those. */
  readonly module?: DynamicModule;
  readonly accounts?: readonly string[];
  /** The gateway's address. @defaultValue that of its sandbox */
  readonly baseUrl?: string;
  readonly providers?: readonly Provider[];
  readonly imports?: readonly DynamicModule[];
}

export const anOperator: GlomopayOperationsOptions & GlomopayOperationsRegistration = {
  guards: [OperatorGuard],
  actor: ({ headers }: { headers: Record<string, string> }) => headers['x-operator'] ?? '',
};

let records = 0;

export async function anOperationsHost(
  platform: Platform,
  {
    operations,
    module,
    accounts = [],
    providers = [],
    imports = [],
    baseUrl,
    ...starting
  }: HostParts = {},
): Promise<OperationsHost> {
  const sandbox = await GlomopaySandbox.start();
  const store = new MemoryTrackingStore();
  const register = (name?: string): DynamicModule[] => [
    GlomopayModule.forRoot({
      ...(name !== undefined && { name }),
      secretKey: sandbox.secretKey,
      webhookSecret: 'whsec_of_these_tests_1f0c2e',
      baseUrl: baseUrl ?? sandbox.url,
      callbackUrl: 'https://shop.example/payment/callback',
    }),
    GlomopayTrackingModule.forRoot({
      ...(name !== undefined && { name }),
      store,
      sweep: { everyMs: 0, firstCheckMs: 0 },
    }),
  ];
  const host = await startNestHost(
    platform,
    {
      imports: [
        ...register(),
        ...accounts.flatMap(register),
        ...imports,
        module ?? GlomopayOperationsModule.forRoot({ ...anOperator, ...operations }),
      ],
      providers: [Heard, ...providers],
    },
    starting,
  ).catch(async (refusal: unknown) => {
    await sandbox.stop();
    throw refusal;
  });
  return {
    ...host,
    sandbox,
    heard: host.app.get(Heard),
    inbox: (account = 'default') => inboxOf(host.app, account),
    put: async (change, over = {}) => {
      const requestId = `request-${(records += 1)}`;
      const intent: TrackedIntent = {
        account: 'default',
        kind: 'payment',
        requestId,
        reference: `cart of ${requestId}`,
        subjectId: `order_${requestId}`,
        exclusive: true,
        amount: 1_050,
        currency: 'USD',
        ...over,
      };
      const { record } = await store.insert(intent, 3_600_000);
      const settled = await store.settle(record, {
        decide: () => change,
        effect: async () => undefined,
        nextCheckMs: 3_600_000,
        witness: { kind: 'sweep', id: null },
      });
      return settled?.after ?? record;
    },
    park: async (type, objectId, error, account = 'default') => {
      records += 1;
      const id = records.toString(16).padStart(64, '0');
      const body = Buffer.from(
        JSON.stringify({
          entity_type: 'payment',
          event_type: 'success',
          data: { id: objectId, records },
        }),
      );
      await store.inbox.insert({ account, id, body });
      const claim = await store.inbox.claim({ account, id }, 60_000);
      if (claim === undefined) throw new Error('somebody was faster');
      const handler = { handler: 'Heard.hear', state: 'failed', tries: 12, error } as const;
      await store.inbox.conclude(claim, {
        type,
        objectId,
        state: 'failed',
        reason: null,
        nextTryMs: 0,
        handlers: [handler],
      });
      return id;
    },
    close: async () => {
      await host.close();
      await sandbox.stop();
    },
  };
}

function inboxOf(app: INestApplication, account: string): WebhookInbox {
  const name = account === 'default' ? undefined : account;
  return app.get(getGlomopayToken(WebhookInbox, name), { strict: false });
}
