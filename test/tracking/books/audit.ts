import { Reconciliation, type ReconciliationFinding, type TrackedRecord } from 'nestjs-glomopay';
import { DAY_MS, type World } from './world.js';

const CONTRADICTIONS: readonly (string | null)[] = [
  'compliance_rejected',
  'terminal_conflict',
  'arrived_late',
  'charged_late',
];

/** What does not hold between the books of the shop and those of the gateway; empty when all does. */
export async function audit(world: World): Promise<readonly string[]> {
  const records = await world.records();
  return [
    ...owners(records),
    ...payments(world, records),
    ...refunds(world, records),
    ...outcomes(world, records),
    ...milestones(world, records),
    ...openOnes(world, records),
    ...(await unexplained(world, records)),
  ];
}

export function nameOf({ kind, requestId, state, reason, objectId }: TrackedRecord): string {
  return `${kind} ${requestId} (${state}, ${reason}, ${objectId})`;
}

/** Whether a person has to look at it, or has. */
function isPersons({ state, reason, resolution }: TrackedRecord): boolean {
  return (
    resolution !== null ||
    state === 'needs_attention' ||
    state === 'mismatch' ||
    CONTRADICTIONS.includes(reason)
  );
}

function owners(records: readonly TrackedRecord[]): readonly string[] {
  const named = records.flatMap(({ objectId }) => (objectId === null ? [] : [objectId]));
  return named.filter((id, at) => named.indexOf(id) !== at).map((id) => `${id} has two records`);
}

function payments(world: World, records: readonly TrackedRecord[]): readonly string[] {
  const faults: string[] = [];
  for (const payment of world.sandbox.payments.list()) {
    const subjectId = payment.payin_id ?? payment.subscription_id;
    const record = records.find(({ objectId }) => objectId === payment.id);
    const end = payment.status === 'success' ? 'succeeded' : payment.status;
    if (record !== undefined && !isPersons(record) && record.state !== end) {
      if (record.state === 'succeeded' || record.state === 'failed' || payment.status === 'success')
        faults.push(`${payment.id} is ${payment.status}, and ${nameOf(record)}`);
    }
    if (record !== undefined && !isPersons(record) && record.state === 'succeeded') {
      const isSame = payment.requested_amount === record.amount && subjectId === record.subjectId;
      if (!isSame) faults.push(`${payment.id} is not what ${nameOf(record)} asked for`);
    }
    const family = records.filter((each) => each.kind !== 'refund' && each.subjectId === subjectId);
    const isRenewal = payment.payin_id === null;
    if (payment.status === 'success' && record === undefined && family.length > 0 && !isRenewal) {
      faults.push(`nobody knows of ${payment.id}, which paid ${subjectId}`);
    }
  }
  for (const record of records) {
    const paidTwice = records.filter(
      (each) => each.exclusive && each.subjectId === record.subjectId && each.state === 'succeeded',
    );
    if (record.state === 'succeeded' && record.exclusive && paidTwice.length > 1) {
      faults.push(`${record.subjectId} is paid by ${paidTwice.map(nameOf).join(' and ')}`);
    }
  }
  return faults;
}

function refunds(world: World, records: readonly TrackedRecord[]): readonly string[] {
  const faults: string[] = [];
  for (const refund of world.sandbox.refunds.list()) {
    const record = records.find(({ objectId }) => objectId === refund.id);
    const isOurs = records.some(({ objectId }) => objectId === refund.payment_id);
    if (record !== undefined && !isPersons(record)) {
      const end = refund.status === 'success' ? 'succeeded' : 'failed';
      const isStray = record.requestId.startsWith('stray:');
      if (record.state !== end && !isStray) {
        faults.push(`${refund.id} is ${refund.status}, and ${nameOf(record)}`);
      }
    }
    if (refund.status === 'success' && record === undefined && isOurs) {
      faults.push(`nobody knows of ${refund.id}, which gave ${refund.payment_id} back`);
    }
  }
  for (const payment of world.sandbox.payments.list()) {
    const back = records.filter(
      ({ kind, subjectId, state, resolution }) =>
        kind === 'refund' && subjectId === payment.id && state === 'succeeded' && !resolution,
    );
    const sum = back.reduce((total, { amount }) => total + amount, 0);
    if (sum > payment.converted_amount) faults.push(`${payment.id} is refunded by ${sum}`);
  }
  return faults;
}

function outcomes({ ledger }: World, records: readonly TrackedRecord[]): readonly string[] {
  const told = [
    ...ledger.payments.map(({ kind, requestId, outcome }) => `${kind} ${requestId} ${outcome}`),
    ...ledger.refunds.map(({ requestId, outcome }) => `refund ${requestId} ${outcome}`),
  ];
  const due = records
    .filter(({ state }) => state === 'succeeded' || state === 'failed')
    .map(({ kind, requestId, state }) => `${kind} ${requestId} ${state}`);
  return [
    ...due
      .filter((one) => told.filter((each) => each === one).length !== 1)
      .map((one) => `${one} was told ${told.filter((each) => each === one).length} times`),
    ...told.filter((one) => !due.includes(one)).map((one) => `${one} was told, and is not so`),
  ];
}

function milestones(world: World, records: readonly TrackedRecord[]): readonly string[] {
  const faults: string[] = [];
  for (const record of records) {
    if (record.kind === 'refund') continue;
    const payment = world.sandbox.payments.get(record.objectId ?? '');
    const told = (what: string) =>
      world.ledger.milestones.filter(
        ({ kind, requestId, milestone }) =>
          kind === record.kind && requestId === record.requestId && milestone === what,
      ).length;
    const reached = record.state === 'succeeded' && payment !== undefined;
    const wanted = {
      funds_available: reached && payment.funds_available,
      compliance_rejected: reached && payment.compliance_status === 'rejected',
    };
    for (const [what, isReached] of Object.entries(wanted)) {
      if (told(what) !== Number(isReached)) {
        faults.push(`${what} of ${nameOf(record)} was told ${told(what)} times`);
      }
    }
    const asks = reached && payment.compliance_status === 'action_required';
    if (asks && told('compliance_action_required') === 0) {
      faults.push(`${nameOf(record)} was not told that compliance asks`);
    }
  }
  return faults;
}

function openOnes(world: World, records: readonly TrackedRecord[]): readonly string[] {
  const { orders, paymentLinks, subscriptions } = world.sandbox;
  const statusOf = (id: string) =>
    (orders.get(id) ?? paymentLinks.get(id) ?? subscriptions.get(id))?.status;
  return records
    .filter(({ state }) => state === 'created' || state === 'attempted')
    .filter(({ kind, subjectId, objectId }) => {
      const status = statusOf(subjectId ?? '') ?? 'active';
      const isLive = /^(active|created|paused|halted|authorized)$/.test(status);
      const isHeld = world.sandbox.payments
        .list()
        .some(
          (payment) =>
            (payment.payin_id ?? payment.subscription_id) === subjectId &&
            (payment.status === 'action_required' || payment.status === 'under_review'),
        );
      return kind !== 'collection' || objectId !== null || !(isLive || isHeld);
    })
    .map((record) => `${nameOf(record)} is open (${statusOf(record.subjectId ?? '')})`);
}

/** What a comparison finds that no record says by itself. */
async function unexplained(
  world: World,
  records: readonly TrackedRecord[],
): Promise<readonly string[]> {
  const from = new Date(world.clock.date() - 2_000 * DAY_MS);
  const found: ReconciliationFinding[] = [];
  const run = world.app.get(Reconciliation).reconcile({ from, repair: false });
  for await (const finding of run) found.push(finding);
  return found
    .filter(({ objectId, there }) => {
      const record = records.find((each) => each.objectId === objectId);
      // Of an order that nobody here has asked for, the shop may not know.
      const isOurs = records.some(({ subjectId }) => subjectId === there?.subjectId);
      if (record === undefined) return there?.status === 'success' && isOurs;
      return !isPersons(record);
    })
    .map(
      ({ kind, movement, objectId, requestId, here, there }) =>
        `${kind}: ${movement} ${objectId} ${requestId} ${here?.status} ${there?.status}`,
    );
}
