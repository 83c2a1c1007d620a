import { createHmac } from 'node:crypto';
import type { INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  getGlomopayToken,
  OnGlomopayEvent,
  TrackedMovements,
  WebhookInbox,
  type EventDelivery,
  type GlomopayEvent,
  type TrackingStore,
} from 'nestjs-glomopay';
import { sqliteStorage, type Storage } from '../support/storages.js';
import { until } from '../support/until.js';

const secretOf = (account: string) => `whsec_of_${account}_in_these_tests`;

class Books {
  readonly heard: string[] = [];

  @OnGlomopayEvent('*')
  async hear(event: GlomopayEvent, { account }: EventDelivery): Promise<void> {
    this.heard.push(`${account} ${event.id}`);
  }
}

describe('Two accounts with a database each', () => {
  const names = ['default', 'emea'] as const;
  let databases: Storage[] = [];
  let stores: TrackingStore[] = [];
  let app: INestApplicationContext;

  beforeEach(async () => {
    databases = await Promise.all(names.map(() => sqliteStorage()));
    stores = databases.map((database) => database.another());
    const registrations = names.map((account, n) => {
      const name = account === 'default' ? {} : { name: account };
      const store = stores[n];
      if (store === undefined) throw new Error('There is one for each');
      return [
        GlomopayModule.forRoot({
          secretKey: `key_of_${account}`,
          webhookSecret: secretOf(account),
          ...name,
        }),
        GlomopayTrackingModule.forRoot({ store, sweep: { everyMs: 0 }, ...name }),
      ];
    });
    const module = Test.createTestingModule({ imports: registrations.flat(), providers: [Books] });
    app = await (await module.compile()).init();
  });
  afterEach(async () => {
    await app.close();
    for (const database of databases) await database.close();
  });

  const of = (account: string) => (account === 'default' ? undefined : account);

  it('keep what is theirs in it, and are worked on and erased apart', async () => {
    const ids: string[] = [];
    for (const account of names) {
      const body = JSON.stringify({
        data: { id: `acct_${account}` },
        entity_type: 'profile',
        event_type: 'told',
      });
      const inbox = app.get<WebhookInbox>(getGlomopayToken(WebhookInbox, of(account)));
      const signature = createHmac('sha256', secretOf(account)).update(body).digest('hex');
      ids.push((await inbox.receive(body, signature)).id);
      await until(async () => (await inbox.counts()).open === 0);
    }
    expect(app.get(Books).heard).toEqual(names.map((account, n) => `${account} ${ids[n]}`));
    for (const [n, account] of names.entries()) {
      const kept = await databases[n]?.dump();
      expect(kept).toContain(`acct_${account}`);
      expect(kept).not.toContain(`acct_${names[1 - n]}`);
      const intent = {
        kind: 'payment',
        requestId: 'same',
        reference: 'person',
        exclusive: true,
      } as const;
      const terms = { subjectId: 'order_1', amount: 1, currency: 'USD' };
      await stores[n]?.insert({ account, ...intent, ...terms }, 0);
      await stores[n]?.settle(
        { account, kind: 'payment', requestId: 'same' },
        { decide: () => ({ state: 'failed' }), effect: async () => undefined, nextCheckMs: 0 },
      );
    }
    const movements = names.map((account) =>
      app.get<TrackedMovements>(getGlomopayToken(TrackedMovements, of(account))),
    );
    expect(await movements[1]?.erase({ reference: 'person' })).toMatchObject({ erased: 1 });
    const left = await Promise.all(
      movements.map((own) => own.get({ kind: 'payment', requestId: 'same' })),
    );
    expect(left.map((record) => record?.reference.split(':')[0])).toEqual(['person', 'erased']);
    const inboxes = stores.map(({ inbox }) => inbox);
    const found = await Promise.all(
      inboxes.flatMap((inbox) =>
        names.map(async (account, n) => {
          const event = await inbox.find({ account, id: ids[n] ?? '' });
          return event?.state;
        }),
      ),
    );
    expect(found).toEqual(['handled', undefined, undefined, 'handled']);
  });
});
