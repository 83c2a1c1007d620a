import {
  CallbackVerifier,
  MocksService,
  OrdersService,
  PaymentLinksService,
  PaymentsService,
  PaymentTracker,
  RefundsService,
  RfisService,
  SubscriptionsService,
  type CreatePaymentInput,
} from 'nestjs-glomopay';
import { aPaymentOf } from '../tracked-shop.js';
import { DAY_MS, type World } from './world.js';

const AMOUNTS = [1_000, 1_000, 2_500, 6_623];

/** What happens at the gateway and on the way from it. */
export const gatewayActions: readonly ((world: World) => Promise<void>)[] = [
  newSubject,
  newSubject,
  bank,
  bank,
  bank,
  payElsewhere,
  payElsewhere,
  transfer,
  changeSubject,
  refundAtDashboard,
  endRefund,
  endRefund,
  screen,
  screen,
  release,
  tell,
  tell,
  tell,
  timePasses,
  timePasses,
  weather,
];

async function newSubject(world: World): Promise<void> {
  const { dice, dashboard, sandbox } = world;
  const amount = dice.pick(AMOUNTS);
  const common = { customerId: sandbox.demoCustomerId, amount, currency: 'USD' } as const;
  const inDays = (days: number) => new Date(sandbox.clock.now() + days * DAY_MS).toISOString();
  const create = dice.pick<() => Promise<{ readonly id: string }>>([
    () => dashboard.get(OrdersService).create(common),
    () => dashboard.get(OrdersService).create(common),
    () =>
      dashboard.get(PaymentLinksService).create({
        ...common,
        purposeCode: 'P1401',
        expiresAt: inDays(dice.pick([1, 10])),
        notifyCustomer: false,
      }),
    () => {
      const plan = {
        ...common,
        amount,
        productName: 'ShieldGuard Insurance',
        productDescription: 'Monthly insurance',
        expiresAt: inDays(20).slice(0, 10),
        notifyCustomer: false,
        startsWithFirstPayment: true,
      } as const;
      const subscriptions = dashboard.get(SubscriptionsService);
      return dice.chance(0.5)
        ? subscriptions.create({
            ...plan,
            intervalType: 'month',
            intervalCount: 1,
            billingCycles: 12,
            startDate: inDays(0).slice(0, 10),
          })
        : subscriptions.create({ ...plan, intervalType: 'as_presented', maxAmount: 9_000 });
    },
  ]);
  await world.tries('new', async () => {
    const { id } = await create();
    world.subjects.push({ id, amount });
    world.log.push(`new ${id} ${amount}`);
  });
}

async function bank(world: World): Promise<void> {
  const { dice, sandbox } = world;
  const open = sandbox.payments.list().filter(({ status }) => status === 'in_progress');
  const payment = dice.maybe(open);
  if (payment === undefined) return;
  const decision = dice.chance(0.75) ? 'approve' : 'decline';
  let back: string;
  try {
    back = sandbox.completePayment(payment.id, decision);
  } catch (thrown) {
    if (thrown instanceof TypeError) return;
    throw thrown;
  }
  world.log.push(`bank ${decision} ${payment.id}`);
  world.collect();
  if (dice.chance(0.4)) return;
  const callback = world.dashboard
    .get(CallbackVerifier)
    .verify(Object.fromEntries(new URL(back).searchParams));
  await world.tries(`confirm ${payment.id}`, () => world.app.get(PaymentTracker).confirm(callback));
}

async function payElsewhere(world: World): Promise<void> {
  const { dice, dashboard, sandbox } = world;
  const subject = dice.maybe(world.subjects);
  if (subject === undefined) return;
  if (subject.id.startsWith('plink_')) {
    await world
      .tries(`link ${subject.id} is paid`, async () =>
        sandbox.payLink(subject.id, dice.chance(0.8) ? 'approve' : 'decline'),
      )
      .catch((thrown: unknown) => world.log.push(String(thrown)));
  } else {
    world.count += 1;
    const { orderId: _, ...card } = aPaymentOf('', { requestId: `elsewhere-${world.count}` });
    const what = subject.id.startsWith('order_')
      ? { orderId: subject.id }
      : { subscriptionId: subject.id };
    await world.tries(`elsewhere for ${subject.id}`, () =>
      dashboard.get(PaymentsService).create({ ...card, ...what } as CreatePaymentInput),
    );
  }
  world.collect();
}

async function transfer(world: World): Promise<void> {
  const { dice, dashboard } = world;
  const subject = dice.maybe(world.subjects.filter(({ id }) => !id.startsWith('sub_')));
  if (subject === undefined) return;
  const amount = dice.chance(0.8) ? subject.amount : subject.amount - 100;
  await world.tries(`transfer ${amount} for ${subject.id}`, () =>
    dashboard.get(MocksService).transfer({ payinId: subject.id, amount, currency: 'USD' }),
  );
  world.collect();
}

async function changeSubject(world: World): Promise<void> {
  const { dice, dashboard, sandbox } = world;
  const subject = dice.maybe(world.subjects.filter(({ id }) => !id.startsWith('order_')));
  if (subject === undefined) return;
  const { id } = subject;
  if (id.startsWith('plink_')) {
    await world.tries(`cancel ${id}`, () => dashboard.get(PaymentLinksService).cancel(id));
  } else {
    const what = dice.pick(['pause', 'resume', 'cancel', 'decline'] as const);
    await world.tries(`${what} ${id}`, async () =>
      what === 'decline'
        ? sandbox.declineNextCharge(id)
        : dashboard.get(SubscriptionsService)[what](id),
    );
  }
  world.collect();
}

async function refundAtDashboard(world: World): Promise<void> {
  const { dice, dashboard, sandbox } = world;
  const paid = dice.maybe(sandbox.payments.list().filter(({ status }) => status === 'success'));
  if (paid === undefined) return;
  world.count += 1;
  const amount = dice.chance(0.5) ? { amount: 400 } : {};
  await world.tries(`dashboard refunds ${paid.id}`, () =>
    dashboard.get(RefundsService).create({
      paymentId: paid.id,
      requestId: `dashboard-${world.count}`,
      reason: 'Others',
      ...amount,
    }),
  );
  world.collect();
}

async function endRefund(world: World): Promise<void> {
  const { dice, sandbox } = world;
  const open = sandbox.refunds.list().filter(({ status }) => status === 'in_progress');
  const refund = dice.maybe(open);
  if (refund === undefined) return;
  const decision = dice.chance(0.7) ? 'approve' : 'decline';
  sandbox.completeRefund(refund.id, decision);
  world.log.push(`refund ${refund.id} ${decision}`);
  world.collect();
}

async function screen(world: World): Promise<void> {
  const { dice, dashboard, sandbox } = world;
  const asked = dice.maybe(
    sandbox.payments.list().filter(({ compliance_status: status }) => status === 'action_required'),
  );
  const id = asked?.rfi?.id;
  if (asked === undefined || id === undefined) return;
  await world.tries(`rfi of ${asked.id}`, async () => {
    const wanted = sandbox.rfis.get(id)?.documents_required ?? [];
    const answers = wanted.map(({ rfi_doc_id: rfiDocId }) => ({ rfiDocId, documentId: 'doc_1' }));
    await dashboard.get(RfisService).respond(id, answers);
    const decision = dice.pick(['approve', 'reject', 'ask_again'] as const);
    sandbox.reviewRfi(id, decision);
    world.log.push(`screening ${decision}`);
  });
  world.collect();
}

async function release(world: World): Promise<void> {
  const held = world.sandbox.payments
    .list()
    .filter((payment) => payment.status === 'success' && !payment.funds_available);
  const payment = world.dice.maybe(held);
  if (payment === undefined) return;
  await world.tries(`funds of ${payment.id}`, () =>
    world.dashboard.get(MocksService).fundsAvailable(payment.id),
  );
  world.collect();
}

/** Events arrive in any order, some twice, some never. */
async function tell(world: World): Promise<void> {
  const { dice } = world;
  await world.passes(0);
  for (let told = 0; told < 3 && world.underway.length > 0; told += 1) {
    const at = Math.floor(dice.next() * world.underway.length);
    const [event] = world.underway.splice(at, 1);
    if (event === undefined || dice.chance(0.25)) continue;
    await world.arrives(event);
    if (dice.chance(0.2)) await world.arrives(event);
    world.log.push(`hears ${event.type} ${JSON.parse(event.body).data.id}`);
  }
  if (dice.chance(0.7)) await world.workedOff();
}

async function timePasses(world: World): Promise<void> {
  const ms = world.dice.pick([2_000, 60_000, 16 * 60_000, 3_600_000, DAY_MS, 31 * DAY_MS]);
  await world.passes(ms);
  world.log.push(`${ms} ms pass`);
}

async function weather({ dice, gateway, log }: World): Promise<void> {
  gateway.leaks.share = dice.pick([0, 0.1, 0.4]);
  gateway.leaks.ignoresFilters = dice.chance(0.15);
  gateway.leaks.lags = dice.chance(0.15);
  log.push(`weather ${JSON.stringify(gateway.leaks)}`);
}
