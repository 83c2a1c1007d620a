import type { TestingModule } from '@nestjs/testing';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  CallbackVerifier,
  SubscriptionsService,
  type CreateSubscriptionInput,
  type GlomopayCallback,
  type Payment,
  type PaymentsService,
  type Subscription,
} from 'nestjs-glomopay';
import { openLibrary } from '../support/library/open-library.js';
import { aPayment } from '../support/library/requests.js';

const DAY_MS = 86_400_000;

type Fixed = Extract<CreateSubscriptionInput, { intervalType: 'month' }>;
type AsPresented = Extract<CreateSubscriptionInput, { intervalType: 'as_presented' }>;

/** The library and a sandbox that begins at a given time. */
export interface PlanShop {
  readonly sandbox: GlomopaySandbox;
  readonly module: TestingModule;
  readonly subscriptions: SubscriptionsService;
  readonly payments: PaymentsService;
  aMonthlyPlan(change?: Partial<Fixed>): Fixed;
  anAsPresentedPlan(change?: Partial<AsPresented>): AsPresented;
  /** Makes a subscription and pays it for the first time; gives what the browser brings back. */
  signUp(plan: CreateSubscriptionInput): Promise<SignedUp>;
  /** Lets so many days go by. */
  days(count: number): Promise<void>;
  /** Lets the time go by until the end of a day. */
  until(day: string): Promise<void>;
  /** Its payments, oldest first. */
  paymentsOf(subscription: Pick<Subscription, 'id'>): Promise<readonly Payment[]>;
  /** The days and statuses of its payments, oldest first. */
  chargesOf(subscription: Pick<Subscription, 'id'>): Promise<readonly string[]>;
  /** What the merchant's servers were told, oldest first. */
  told(): readonly string[];
  close(): Promise<void>;
}

export interface SignedUp {
  readonly id: Subscription['id'];
  readonly callback: GlomopayCallback;
  readonly first: Payment;
}

export async function openPlanShop(startsAt = '2026-03-01T12:00:00.000Z'): Promise<PlanShop> {
  const start = Date.parse(startsAt);
  const sandbox = await GlomopaySandbox.start({ clock: { now: () => start } });
  const library = await openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey } });
  const { module, payments } = library;
  const subscriptions = module.get(SubscriptionsService);
  const verifier = module.get(CallbackVerifier);

  const today = startsAt.slice(0, 10);
  const base = {
    customerId: sandbox.demoCustomerId,
    productName: 'ShieldGuard Insurance',
    productDescription: 'Monthly insurance: belongings, travel and digital assets',
    amount: 1000,
    currency: 'USD',
    expiresAt: new Date(start + 20 * DAY_MS).toISOString().slice(0, 10),
    notifyCustomer: false,
  };

  const pass = async (ms: number): Promise<void> => {
    for (let left = ms; left > 0; left -= 300 * DAY_MS) {
      await sandbox.clock.advance(Math.min(left, 300 * DAY_MS));
    }
  };

  const paymentsOf: PlanShop['paymentsOf'] = async ({ id }) => {
    const found: Payment[] = [];
    for await (const payment of payments.listAll({ subscriptionId: id })) found.push(payment);
    return found.toReversed();
  };

  return {
    sandbox,
    module,
    subscriptions,
    payments,
    aMonthlyPlan: (change = {}) => ({
      ...base,
      intervalType: 'month',
      intervalCount: 1,
      billingCycles: 12,
      startDate: today,
      startsWithFirstPayment: true,
      ...change,
    }),
    anAsPresentedPlan: (change = {}) => ({
      ...base,
      intervalType: 'as_presented',
      maxAmount: 5000,
      startsWithFirstPayment: true,
      ...change,
    }),
    async signUp(plan) {
      const { id } = await subscriptions.create(plan);
      const { orderId: _, ...card } = aPayment({ requestId: `first-${id}` });
      const { paymentId } = await payments.create({ ...card, subscriptionId: id });
      const back = new URL(sandbox.completePayment(paymentId, 'approve'));
      const callback = verifier.verify(Object.fromEntries(back.searchParams));
      return { id, callback, first: await payments.get(paymentId) };
    },
    days: (count) => pass(count * DAY_MS),
    until: (day) => pass(Date.parse(day) + DAY_MS - 1 - sandbox.clock.now()),
    paymentsOf,
    chargesOf: async (subscription) =>
      (await paymentsOf(subscription)).map(
        ({ createdAt, status }) => `${createdAt?.slice(0, 10)} ${status}`,
      ),
    told: () =>
      sandbox.webhooks
        .events()
        .map(({ type }) => type)
        .toReversed(),
    close: async () => {
      await library.close();
      await sandbox.stop();
    },
  };
}
