import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  GlomopayNotErasableError,
  PaymentTracker,
  TrackedMovements,
  WebhookInbox,
  type Settlement,
  type TrackedChange,
  type TrackedIntent,
  type TrackedKind,
  type TrackingStore,
} from 'nestjs-glomopay';
import { type InboxHost, startInboxHost } from '../inbox/inbox-host.js';
import { type Storage, storages } from '../support/storages.js';
import { until } from '../support/until.js';

const NAME = 'Zzebulon Quaffington';
const EMAIL = 'zq.canary@person.example';
const REFERENCE = 'wish-list-of-zzebulon-9417';
const CANARIES = [NAME, EMAIL, REFERENCE, 'Quaffington', 'asha.of.support'];
const HOUR_MS = 3_600_000;

describe.each(storages)('Erasing a person, on %s', (kindOfStore, open) => {
  let storage: Storage;
  let store: TrackingStore;
  let host: InboxHost;

  beforeEach(async () => {
    storage = await open();
    store = storage.another();
    host = await startInboxHost('express', { tracking: { store } });
  });
  afterEach(async () => {
    await host.close();
    await storage.close();
  });

  const intent = (over: Partial<TrackedIntent> = {}): TrackedIntent => ({
    account: 'default',
    kind: 'payment',
    requestId: 'request-1',
    reference: REFERENCE,
    subjectId: 'order_1',
    exclusive: true,
    amount: 1_000,
    currency: 'USD',
    ...over,
  });
  const settle = (
    change: TrackedChange,
    over: Partial<Settlement<unknown>> = {},
    kind: TrackedKind = 'payment',
    requestId = 'request-1',
  ) =>
    store.settle(
      { account: 'default', kind, requestId },
      {
        decide: () => change,
        effect: async () => undefined,
        nextCheckMs: HOUR_MS,
        witness: { kind: 'person', id: 'asha.of.support' },
        ...over,
      },
    );
  const profile = (id: string, n: number) => ({
    data: { id, n, customer: { name: NAME, email: EMAIL }, notes: { reference: REFERENCE } },
    entity_type: 'profile',
    event_type: 'told',
  });
  const worked = () => until(async () => (await host.app.get(WebhookInbox).counts()).open === 0);
  /** A payment with its refund, closed by hand, and four events about them. */
  const aPerson = async () => {
    await store.insert(intent(), HOUR_MS);
    await settle({
      state: 'failed',
      reason: 'terminal_conflict',
      objectId: 'payt_1',
      errorDescription: `card of ${NAME} declined`,
    });
    const note = `${NAME} <${EMAIL}> called`;
    await settle({ resolution: 'refunded', resolvedBy: 'asha.of.support', resolutionNote: note });
    const refund = { kind: 'refund', requestId: 'refund-1', subjectId: 'payt_1' } as const;
    await store.insert(intent({ ...refund, reference: `${REFERENCE}-back` }), HOUR_MS);
    await settle({ state: 'succeeded', objectId: 'refund_1' }, {}, 'refund', 'refund-1');
    const ids = ['order_1', 'payt_1', 'payt_1', 'refund_1'];
    for (const [n, id] of ids.entries()) await host.deliver(profile(id, n));
    await worked();
  };

  it('leaves no byte of the person in any table, and the money as it was', async () => {
    await aPerson();
    const held = await storage.dump();
    if (kindOfStore !== 'memory') for (const canary of CANARIES) expect(held).toContain(canary);
    const movements = host.app.get(TrackedMovements);
    expect(await movements.erase({ reference: REFERENCE })).toEqual({
      movements: 2,
      erased: 2,
      lines: 3,
      events: 4,
    });
    const left = await storage.dump();
    for (const canary of CANARIES) expect(left).not.toContain(canary);
    expect(await movements.get({ kind: 'payment', requestId: 'request-1' })).toMatchObject({
      reference: expect.stringMatching(/^erased:[0-9a-f-]{36}$/),
      amount: 1_000,
      currency: 'USD',
      state: 'failed',
      resolution: 'refunded',
      objectId: 'payt_1',
    });
    const history = await movements.history({ kind: 'payment', requestId: 'request-1' });
    expect(history.at(-1)).toMatchObject({ witness: { kind: 'person', id: null }, note: 'erased' });
    expect(history).toHaveLength(4);
    expect(await movements.counts()).toEqual({ needsAttention: 0, open: 0 });
  });

  it('finds nothing when it is done again by the reference, and what came since by the order', async () => {
    await aPerson();
    const tracker = host.app.get(PaymentTracker);
    await tracker.erase({ orderId: 'order_1' });
    const none = { movements: 0, erased: 0, lines: 0, events: 0 };
    expect(await tracker.erase({ reference: REFERENCE })).toEqual(none);
    // What was delivered before is known, and a late event is taken like any other.
    expect((await host.deliver(profile('payt_1', 1))).body).toContain('known already');
    expect((await host.deliver(profile('payt_1', 9))).body).not.toContain('known already');
    await worked();
    expect(await tracker.erase({ requestId: 'request-1' })).toEqual({
      ...none,
      movements: 2,
      events: 1,
    });
    const left = await storage.dump();
    for (const canary of CANARIES) expect(left).not.toContain(canary);
  });

  it('forgets nothing of anybody while one movement is not over', async () => {
    await aPerson();
    await store.insert(intent({ requestId: 'second', subjectId: 'order_2' }), HOUR_MS);
    const erasing = host.app.get(TrackedMovements).erase({ reference: REFERENCE });
    await expect(erasing).rejects.toMatchObject({
      constructor: GlomopayNotErasableError,
      fault: 'open',
      kind: 'payment',
      requestId: 'second',
      state: 'created',
      message: expect.not.stringContaining(REFERENCE),
    });
    expect(await store.findByReference('default', REFERENCE, 10)).toHaveLength(2);
    expect(await host.app.get(WebhookInbox).list()).toHaveLength(4);
  });
});
