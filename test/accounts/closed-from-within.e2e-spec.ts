import { afterEach, describe, expect, it } from '@jest/globals';
import { Inject, Injectable } from '@nestjs/common';
import {
  AfterPaymentOutcome,
  GlomopayAccounts,
  GlomopayAccountUnavailableError,
  OnGlomopayEvent,
  OnPaymentOutcome,
  OrdersService,
  PaymentTracker,
} from 'nestjs-glomopay';
import { storages } from '../support/storages.js';
import { until } from '../support/until.js';
import { aMerchantShop, deliver, type MerchantShop, optionsOf, pay } from './merchant-shop.js';

const hows = ['unregister', 'invalidate'] as const;
type How = (typeof hows)[number];

/** Ends the account that it works for, wherever it is told to. */
@Injectable()
class Closer {
  how: How = 'invalidate';
  at: 'outcome' | 'after' | 'event' | undefined;
  readonly told: string[] = [];

  constructor(@Inject(GlomopayAccounts) private readonly accounts: GlomopayAccounts) {}

  @OnPaymentOutcome()
  async onOutcome({ account }: { account: string }): Promise<void> {
    await this.#close('outcome', account);
  }

  @AfterPaymentOutcome()
  async afterOutcome({ account }: { account: string }): Promise<void> {
    await this.#close('after', account);
  }

  @OnGlomopayEvent('webhook_test.test')
  async onEvent(_: unknown, { account }: { account: string }): Promise<void> {
    await this.#close('event', account);
  }

  async #close(at: Closer['at'], account: string): Promise<void> {
    if (this.at !== at) return;
    await this.accounts[this.how](account);
    this.told.push(`${at} of ${account}`);
  }
}

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

/** A shop whose `shop-c` is registered, and whose `shop-a` is of the source; no webhook comes by itself. */
async function aClosingShop(open: (typeof storages)[number][1], how: How) {
  const storage = await open();
  ends.push(() => storage.close());
  const tracking = { store: storage.another(), sweep: { everyMs: 0 } };
  const shop = await aMerchantShop('express', { tracking }, undefined, [Closer]);
  ends.push(() => shop.close());
  const { a } = shop.sandboxes;
  a.webhooks.endpoints = [];
  await shop.accounts.register({ name: 'shop-c', ...optionsOf(a) });
  const closer = shop.host.app.get(Closer);
  closer.how = how;
  const name = how === 'unregister' ? 'shop-c' : 'shop-a';
  return { shop, closer, name };
}

async function isClosed(kept: OrdersService): Promise<boolean> {
  return kept.list().then(
    () => false,
    (thrown) => thrown instanceof GlomopayAccountUnavailableError,
  );
}

/** Whoever waits for itself is given up after 25 seconds: that is too late for these. */
const BEFORE_GIVEN_UP_MS = 20_000;

const cases = storages.flatMap(([storage, open]) =>
  hows.map((how) => [how, storage, open] as const),
);

describe.each(cases)('%s of the account that one works for, on %s', (how, _, open) => {
  const ready = (): Promise<{ shop: MerchantShop; closer: Closer; name: string }> =>
    aClosingShop(open, how);

  it(
    'does not wait for itself in a handler of an outcome',
    async () => {
      const { shop, closer, name } = await ready();
      await pay(shop, name, shop.sandboxes.a, 'one');
      closer.at = 'outcome';
      const kept = await shop.accounts.load(name, OrdersService);
      await shop.accounts.use(name, async (account) => {
        const record = await account.get(PaymentTracker).check('one');
        expect(record).toMatchObject({ state: 'succeeded' });
        expect(closer.told).toEqual([`outcome of ${name}`]);
        await kept.list();
      });
      await until(() => isClosed(kept));
    },
    BEFORE_GIVEN_UP_MS,
  );

  it(
    'does not wait there for those who share the look of somebody else',
    async () => {
      const { shop, closer, name } = await ready();
      await pay(shop, name, shop.sandboxes.a, 'one');
      closer.at = 'outcome';
      // The first one has the look made, and is in nobody's piece of work.
      const tracker = await shop.accounts.load(name, PaymentTracker);
      const first = tracker.check('one');
      const second = shop.accounts.use(name, (account) => account.get(PaymentTracker).check('one'));
      expect(await Promise.all([first, second])).toEqual([
        expect.objectContaining({ state: 'succeeded' }),
        expect.objectContaining({ state: 'succeeded' }),
      ]);
      expect(closer.told).toEqual([`outcome of ${name}`]);
    },
    BEFORE_GIVEN_UP_MS,
  );

  it(
    'does not wait there after the piece of work that began the look has ended',
    async () => {
      const { shop, closer, name } = await ready();
      await pay(shop, name, shop.sandboxes.a, 'one');
      closer.at = 'outcome';
      let look: Promise<unknown> | undefined;
      await shop.accounts.use(name, async (account) => {
        look = account.get(PaymentTracker).check('one');
      });
      await shop.accounts.use(name, (account) => account.get(PaymentTracker).check('one'));
      await look;
      expect(closer.told).toEqual([`outcome of ${name}`]);
    },
    BEFORE_GIVEN_UP_MS,
  );

  it(
    'does not wait for itself after an outcome',
    async () => {
      const { shop, closer, name } = await ready();
      await pay(shop, name, shop.sandboxes.a, 'one');
      closer.at = 'after';
      await shop.accounts.use(name, (account) => account.get(PaymentTracker).check('one'));
      await until(() => closer.told.includes(`after of ${name}`));
    },
    BEFORE_GIVEN_UP_MS,
  );

  it(
    'does not wait for itself in a listener of events',
    async () => {
      const { shop, closer, name } = await ready();
      closer.at = 'event';
      const { webhookSecret } = shop.sandboxes.a;
      expect((await deliver(`${shop.url}/webhooks/glomopay/${name}`, webhookSecret)).status).toBe(
        200,
      );
      await until(() => closer.told.includes(`event of ${name}`));
    },
    BEFORE_GIVEN_UP_MS,
  );

  it(
    'waits where another account is worked for',
    async () => {
      const { shop, name } = await ready();
      let end: (() => void) | undefined;
      const busy = shop.accounts.use(name, () => new Promise<void>((resolve) => (end = resolve)));
      await until(() => end !== undefined);
      const order: string[] = [];
      const closing = shop.accounts.use('shop-b', async () => {
        await shop.accounts[how](name);
        order.push('closed');
      });
      await shop.accounts.load('shop-b', OrdersService);
      order.push('ended');
      end?.();
      await Promise.all([busy, closing]);
      expect(order).toEqual(['ended', 'closed']);
    },
    BEFORE_GIVEN_UP_MS,
  );
});
