import {
  PaymentTracker,
  Reconciliation,
  RefundTracker,
  TrackedMovements,
  type CreatePaymentInput,
} from 'nestjs-glomopay';
import { aPaymentOf } from '../tracked-shop.js';
import { DAY_MS, type World } from './world.js';

/** What the shop may do, each more often than not without a mistake. */
export const hostActions: readonly ((world: World) => Promise<void>)[] = [
  pay,
  pay,
  pay,
  expectPayment,
  expectPayment,
  charge,
  refund,
  refund,
  check,
  resolve,
  sweep,
  sweep,
  reconcile,
  restart,
  failOnce,
];

async function pay(world: World): Promise<void> {
  const { dice } = world;
  const subject = dice.maybe(world.subjects.filter(({ id }) => /^(order|sub)_/.test(id)));
  if (subject === undefined) return;
  const requestId = key(world, 'pay');
  const { orderId: _, ...card } = aPaymentOf('', { requestId });
  const what = subject.id.startsWith('order_')
    ? { orderId: subject.id }
    : { subscriptionId: subject.id };
  const expected = { amount: amountOf(world, subject), currency: 'USD' };
  await world.tries(`pay ${requestId} for ${subject.id} ${expected.amount}`, () =>
    world.app.get(PaymentTracker).pay({ ...card, ...what } as CreatePaymentInput, expected),
  );
}

async function charge(world: World): Promise<void> {
  const { dice } = world;
  const subject = dice.maybe(world.subjects.filter(({ id }) => id.startsWith('sub_')));
  if (subject === undefined) return;
  const requestId = key(world, 'charge');
  const amount = dice.pick([700, 6_623, 900_000]);
  await world.tries(`charge ${requestId} of ${subject.id} ${amount}`, () =>
    world.app
      .get(PaymentTracker)
      .charge({ subscriptionId: subject.id, requestId, amount, currency: 'USD' }),
  );
}

async function expectPayment(world: World): Promise<void> {
  const subject = world.dice.maybe(world.subjects);
  if (subject === undefined) return;
  const reference = key(world, 'expect');
  const { id } = subject;
  const money = { amount: amountOf(world, subject), currency: 'USD', reference };
  const what = id.startsWith('order_')
    ? { orderId: id }
    : id.startsWith('sub_')
      ? { subscriptionId: id }
      : { paymentLinkId: id };
  await world.tries(`expect ${reference} of ${id} ${money.amount}`, () =>
    world.app.get(PaymentTracker).expect({ ...money, ...what }),
  );
}

async function refund(world: World): Promise<void> {
  const { dice } = world;
  const paid = (await world.records()).filter(
    ({ kind, objectId, gatewayStatus }) =>
      kind !== 'refund' && objectId !== null && gatewayStatus === 'success',
  );
  const record = dice.maybe(paid);
  const paymentId = record?.objectId ?? undefined;
  if (record === undefined || paymentId === undefined) return;
  const requestId = key(world, 'refund');
  const amount = dice.chance(0.5) ? dice.pick([record.amount, 300, 600]) : undefined;
  const isTold = dice.chance(0.5);
  const work = (): Promise<unknown> =>
    world.app
      .get(RefundTracker)
      .refund(
        { paymentId, requestId, reason: 'Others', ...(amount !== undefined && { amount }) },
        isTold ? { currency: 'USD', amount: amount ?? record.amount } : {},
      );
  await world.tries(`refund ${requestId} of ${paymentId} ${amount}`, () =>
    dice.chance(0.2) ? Promise.all([work(), work()]) : work(),
  );
}

async function check(world: World): Promise<void> {
  const record = world.dice.maybe(await world.records());
  if (record === undefined) return;
  const { kind, requestId } = record;
  await world.tries(`check ${kind} ${requestId}`, () =>
    kind === 'refund'
      ? world.app.get(RefundTracker).check(requestId)
      : world.app.get(PaymentTracker).check({ kind, requestId }),
  );
}

async function resolve(world: World): Promise<void> {
  const movements = world.app.get(TrackedMovements);
  const record = world.dice.maybe(await movements.needingAttention(50));
  if (record === undefined) return;
  const as = world.dice.pick(['acknowledged', 'succeeded', 'failed', 'refunded'] as const);
  await world.tries(`resolve ${record.kind} ${record.requestId} as ${as}`, () =>
    movements.resolve(record, { as, note: 'looked at', by: 'a person' }),
  );
}

async function sweep(world: World): Promise<void> {
  await world.tries('sweep', () => world.app.get(PaymentTracker).sweep());
}

async function reconcile(world: World): Promise<void> {
  const from = new Date(world.clock.date() - 400 * DAY_MS);
  const repair = world.dice.chance(0.7);
  await world.tries(`reconcile ${repair}`, () =>
    world.app.get(Reconciliation).reconcile({ from, repair }).toEnd(),
  );
}

async function restart(world: World): Promise<void> {
  await world.boot();
  const [oldest] = world.apps.splice(0, 1);
  await oldest?.close();
  world.log.push('restart');
}

async function failOnce(world: World): Promise<void> {
  world.ledger.failures += 1;
}

/** Now and then one that has been used. */
function key(world: World, what: string): string {
  const used = world.dice.chance(0.1) ? world.dice.maybe(world.keys) : undefined;
  if (used?.startsWith(what) === true) return used;
  world.count += 1;
  const fresh = `${what}-${world.count}`;
  world.keys.push(fresh);
  return fresh;
}

function amountOf({ dice }: World, { amount }: { readonly amount: number }): number {
  return dice.chance(0.08) ? amount + 1 : amount;
}
