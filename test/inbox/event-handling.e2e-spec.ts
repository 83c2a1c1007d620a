import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Scope } from '@nestjs/common';
import { afterEach, describe, expect, it } from '@jest/globals';
import type Database from 'libsql';
import {
  type EventDelivery,
  type GlomopayEvent,
  type InboxEvent,
  OnGlomopayEvent,
  WebhookInbox,
} from 'nestjs-glomopay';
import { until } from '../support/until.js';
import { type InboxHost, type InboxHostParts, startInboxHost } from './inbox-host.js';

type Delivery = EventDelivery<Database.Database>;

const refunded = (id = 'refund_1', status = 'success') => ({
  data: { id, status },
  entity_type: 'refund',
  event_type: 'success',
});

/** A listener whose behaviour a test decides. */
@Injectable()
class Books {
  readonly heard: GlomopayEvent[] = [];
  act: (event: GlomopayEvent, delivery: Delivery) => unknown = (event, delivery) =>
    this.book('books', event, delivery);

  @OnGlomopayEvent('*')
  async hear(event: GlomopayEvent, delivery: Delivery): Promise<void> {
    this.heard.push(event);
    await this.act(event, delivery);
  }

  book(handler: string, event: GlomopayEvent, delivery: Delivery): Promise<void> {
    return delivery.commit(async (tx) => {
      tx.prepare('INSERT INTO effects VALUES (?, ?)').run(handler, event.id);
    });
  }
}

/** One that is always well. */
@Injectable()
class Mail {
  readonly types: string[] = [];

  @OnGlomopayEvent('refund.success')
  @OnGlomopayEvent('payment.*')
  async send(event: GlomopayEvent): Promise<void> {
    this.types.push(event.type);
  }
}

describe('The inbox', () => {
  let host: InboxHost | undefined;
  const start = async (parts: InboxHostParts = {}): Promise<InboxHost> => {
    host = await startInboxHost('express', { providers: [Books, Mail], ...parts });
    return host;
  };
  afterEach(async () => {
    await host?.close();
    host = undefined;
  });

  const effects = () =>
    host?.database.prepare('SELECT handler, event FROM effects').all() as {
      handler: string;
      event: string;
    }[];
  const inbox = () => host?.app.get(WebhookInbox) as WebhookInbox;
  const only = async (): Promise<InboxEvent> => {
    const [event, ...others] = await inbox().list();
    if (event === undefined || others.length > 0) throw new Error('There is not one event');
    return event;
  };
  const ended = () => until(async () => (await only()).state !== 'open');

  it('tells each listener of the events that it listens to, decoded', async () => {
    const { app, deliver } = await start();
    await deliver(refunded());
    await deliver({ ...refunded(), entity_type: 'payout' });
    await until(async () => (await inbox().list({ state: 'handled' })).length === 2);
    expect(app.get(Books).heard.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['refund.success', 'payout.success']),
    );
    expect(app.get(Mail).types).toEqual(['refund.success']);
    expect(app.get(Books).heard[0]).toMatchObject({
      entityType: 'refund',
      eventType: 'success',
      data: { id: 'refund_1', status: 'success' },
    });
  });

  it('says at boot who listens to what', async () => {
    const { log } = await start();
    expect(log.text).toContain('Books.hear (*)');
    expect(log.text).toMatch(
      /Mail\.send \((?:refund\.success, payment\.\*|payment\.\*, refund\.success)\)/,
    );
    expect(log.text).toContain(
      'PaymentTracker (payment.*, orders.*, payment_link.*, subscription.*); RefundTracker (refund.*)',
    );
  });

  it('answers at once, however long a handler takes', async () => {
    const { app, deliver } = await start();
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    app.get(Books).act = () => gate;
    const answers = await Promise.all([1, 2, 3].map((n) => deliver(refunded(`refund_${n}`))));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    await until(() => app.get(Books).heard.length === 3);
    expect((await inbox().counts()).open).toBe(3);
    release();
    await until(async () => (await inbox().counts()).open === 0);
  });

  it('runs a failing handler again and leaves the others alone', async () => {
    const { app, deliver, log } = await start();
    const books = app.get(Books);
    const attempts: number[] = [];
    books.act = (event, delivery) => {
      attempts.push(delivery.attempt);
      if (attempts.length < 3) throw new Error('the ledger 4111 1111 1111 1111 is locked');
      return books.book('books', event, delivery);
    };
    await deliver(refunded());
    await ended();
    expect(attempts).toEqual([1, 2, 3]);
    expect(app.get(Mail).types).toEqual(['refund.success']);
    expect(effects()).toHaveLength(1);
    expect((await only()).handlers).toEqual(
      expect.arrayContaining([
        { handler: 'Books.hear', state: 'done', tries: 2, error: expect.anything() },
        { handler: 'Mail.send', state: 'done', tries: 0, error: null },
      ]),
    );
    expect(log.text).toContain('Books.hear failed');
    expect(log.text).not.toContain('4111');
  });

  it('parks an event after the last try, and replays only what has failed', async () => {
    const { app, deliver, log } = await start({ tracking: { inbox: { maxTries: 3 } } });
    const books = app.get(Books);
    books.act = () => {
      throw new TypeError('no');
    };
    await deliver(refunded());
    await ended();
    const parked = await only();
    expect(parked).toMatchObject({ state: 'failed', nextTryAt: null, type: 'refund.success' });
    expect(parked.handlers).toEqual(
      expect.arrayContaining([
        { handler: 'Books.hear', state: 'failed', tries: 3, error: 'TypeError: no' },
      ]),
    );
    expect(books.heard).toHaveLength(3);
    expect(log.text).toContain('parked');

    books.act = (event, delivery) => books.book('books', event, delivery);
    expect(await inbox().replay(parked.id)).toBe(true);
    await ended();
    expect((await only()).state).toBe('handled');
    expect(effects()).toHaveLength(1);
    expect(app.get(Mail).types).toHaveLength(1);
    expect(await inbox().replay(parked.id)).toBe(false);
  });

  it('commits an effect together with the progress, or not at all', async () => {
    const { app, deliver } = await start();
    const books = app.get(Books);
    books.act = (event, delivery) =>
      delivery.commit(async (tx) => {
        tx.prepare('INSERT INTO effects VALUES (?, ?)').run('books', event.id);
        if (books.heard.length === 1) throw new Error('after the write');
      });
    await deliver(refunded());
    await ended();
    expect(books.heard).toHaveLength(2);
    expect(effects()).toHaveLength(1);
  });

  it('takes what was committed for done, whatever the handler does afterwards', async () => {
    const { app, deliver } = await start();
    const books = app.get(Books);
    books.act = async (event, delivery) => {
      await books.book('books', event, delivery);
      throw new Error('the mail server is down');
    };
    await deliver(refunded());
    await ended();
    expect((await only()).state).toBe('handled');
    expect(books.heard).toHaveLength(1);
    expect(effects()).toHaveLength(1);
  });

  it('takes a commit that failed for a failure, also when the handler keeps it to itself', async () => {
    const { app, deliver } = await start();
    const books = app.get(Books);
    books.act = async (event, delivery) => {
      await delivery
        .commit(async (tx) => {
          tx.prepare('INSERT INTO effects VALUES (?, ?)').run('books', event.id);
          if (books.heard.length === 1) throw new Error('no');
        })
        .catch(() => undefined);
    };
    await deliver(refunded());
    await ended();
    expect(books.heard).toHaveLength(2);
    expect(effects()).toHaveLength(1);
  });

  it('waits for a commit that the handler has not awaited', async () => {
    const { app, deliver } = await start();
    const books = app.get(Books);
    books.act = (event, delivery) => {
      void delivery.commit(async (tx) => {
        await sleep(50);
        tx.prepare('INSERT INTO effects VALUES (?, ?)').run('books', event.id);
      });
    };
    await deliver(refunded());
    await ended();
    expect(effects()).toHaveLength(1);
    expect((await only()).handlers).toContainEqual(
      expect.objectContaining({ handler: 'Books.hear', state: 'done' }),
    );
  });

  it('commits a delivery once', async () => {
    const { app, deliver } = await start();
    const books = app.get(Books);
    let second: unknown;
    books.act = async (event, delivery) => {
      await books.book('books', event, delivery);
      second = await books.book('books', event, delivery).catch((error: unknown) => error);
    };
    await deliver(refunded());
    await ended();
    expect(second).toBeInstanceOf(TypeError);
    expect(effects()).toHaveLength(1);
  });

  it('gives up on a handler that never returns, and refuses what it still wants to commit', async () => {
    const { app, deliver } = await start({
      tracking: { inbox: { handlerTimeoutMs: 200, maxTries: 2 } },
    });
    const books = app.get(Books);
    const late: { signal: AbortSignal; commit: () => Promise<void> }[] = [];
    books.act = (event, delivery) => {
      late.push({ signal: delivery.signal, commit: () => books.book('late', event, delivery) });
      return new Promise(() => undefined);
    };
    await deliver(refunded());
    await ended();
    expect((await only()).handlers).toContainEqual({
      handler: 'Books.hear',
      state: 'failed',
      tries: 2,
      error: 'Error: it did not end within 200 ms',
    });
    expect(late.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    for (const { commit } of late)
      await expect(commit()).rejects.toMatchObject({ name: 'LeaseLostError' });
    expect(effects()).toEqual([]);
  });

  it('rolls back a commit that outlives its time', async () => {
    const { app, deliver } = await start({
      tracking: { inbox: { handlerTimeoutMs: 200, maxTries: 2 } },
    });
    const books = app.get(Books);
    books.act = (event, delivery) =>
      delivery.commit(async (tx) => {
        tx.prepare('INSERT INTO effects VALUES (?, ?)').run('books', event.id);
        if (books.heard.length === 1) await new Promise(() => undefined);
      });
    await deliver(refunded());
    await ended();
    expect((await only()).state).toBe('handled');
    expect(effects()).toHaveLength(1);
  });

  it('keeps what nobody listens to, unknown events included, as handled', async () => {
    const { deliver } = await start({ providers: [] });
    const strange =
      '{"data":{"then":1,"toJSON":2},"entity_type":"quantum","event_type":"leapt.twice"}';
    expect((await deliver(JSON.parse(strange))).status).toBe(200);
    await ended();
    expect(await only()).toMatchObject({
      state: 'handled',
      type: 'quantum.leapt.twice',
      handlers: [],
    });
  });

  it('finds the events of an object', async () => {
    const { deliver } = await start();
    for (const id of ['refund_1', 'refund_2']) await deliver(refunded(id));
    await deliver(refunded('refund_1', 'failed'));
    await until(async () => (await inbox().counts()).open === 0);
    expect(await inbox().list({ objectId: 'refund_1' })).toHaveLength(2);
    expect(await inbox().list({ objectId: 'refund_3' })).toEqual([]);
  });

  it('purges events and still knows a redelivery', async () => {
    const { app, deliver } = await start();
    await deliver(refunded());
    await ended();
    const { id } = await only();
    expect(await inbox().purge(new Date(Date.now() + 60_000))).toBe(1);
    expect(await inbox().payload(id)).toBeUndefined();
    expect(await inbox().list()).toEqual([]);
    expect((await deliver(refunded())).body).toContain('known already');
    expect(app.get(Books).heard).toHaveLength(1);
  });

  it('keeps the key of an event for 90 days after the date of a purge, or as long as it is told', async () => {
    const { database, deliver } = await start();
    const day = 86_400_000;
    const daysAgo = (days: number) => new Date(Date.now() - days * day);
    for (const days of [101, 99, 20]) {
      await deliver(refunded(`refund_${days}`));
      await until(async () => (await inbox().counts()).open === 0);
      const age = `received_at - ${days * day}`;
      for (const table of ['glomopay_events', 'glomopay_event_keys']) {
        const newest = `(SELECT max(received_at) FROM ${table})`;
        database.exec(`UPDATE ${table} SET received_at = ${age} WHERE received_at = ${newest}`);
      }
    }
    expect(await inbox().purge({ before: daysAgo(10) })).toBe(3);
    const known = async (days: number) => {
      const { body } = await deliver(refunded(`refund_${days}`));
      return body.includes('known already');
    };
    expect([await known(101), await known(99), await known(20)]).toEqual([false, true, true]);
    for (const keysBefore of [daysAgo(14), new Date('never')]) {
      const purge = inbox().purge({ before: daysAgo(10), keysBefore });
      await expect(purge).rejects.toThrow(RangeError);
    }
    expect(await inbox().purge({ before: daysAgo(10), keysBefore: daysAgo(16) })).toBe(0);
    expect([await known(101), await known(99), await known(20)]).toEqual([true, false, false]);
  });

  it('tells running handlers that it stops, waits for them, and hands nothing out afterwards', async () => {
    const { app, deliver } = await start();
    const books = app.get(Books);
    let stopped = false;
    books.act = async (event, delivery) => {
      await new Promise((resolve) => {
        delivery.signal.addEventListener('abort', resolve, { once: true });
      });
      stopped = delivery.signal.aborted;
      await books.book('books', event, delivery);
    };
    await deliver(refunded());
    await until(() => books.heard.length === 1);
    await app.close();
    expect(stopped).toBe(true);
    expect(effects()).toHaveLength(1);
    const rows = host?.database.prepare('SELECT state FROM glomopay_events').all();
    expect(rows).toMatchObject([{ state: 'handled' }]);
  });

  it.each([
    ['a factory', { provide: 'mail', useFactory: () => new Mail() }],
    ['a value', { provide: 'mail', useValue: new Mail() }],
    ['a class behind a token', { provide: 'mail', useClass: Mail }],
  ])('finds a listener that is provided by %s', async (_, provider) => {
    const { app, deliver } = await start({
      providers: [provider, { provide: 'alias', useExisting: 'mail' }],
    });
    await deliver(refunded('refund_of_a_factory'));
    await ended();
    const { handlers } = await only();
    expect(handlers.filter(({ handler }) => handler !== 'RefundTracker')).toMatchObject([
      { handler: 'Mail.send', state: 'done' },
    ]);
    expect(app.get<Mail>('mail').types).toEqual(['refund.success']);
  });

  it('refuses a request-scoped listener at boot', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class PerRequest {
      @OnGlomopayEvent('*')
      hear(): void {}
    }
    await expect(start({ providers: [PerRequest] })).rejects.toMatchObject({
      code: 'GLOMOPAY_CONFIGURATION',
      message: expect.stringContaining('PerRequest.hear'),
    });
  });

  it('refuses two listeners of one name, and takes one class that is provided twice once', async () => {
    const twin = (): new () => object => {
      @Injectable()
      class Twin {
        @OnGlomopayEvent('*')
        hear(): void {}
      }
      return Twin;
    };
    await expect(start({ providers: [twin(), twin()] })).rejects.toThrow('Twin.hear');
    class Other {}
    const { deliver } = await start({
      imports: [{ module: Other, providers: [Mail] }],
    });
    await deliver(refunded());
    await ended();
    expect((await only()).handlers.filter(({ handler }) => handler === 'Mail.send')).toHaveLength(
      1,
    );
  });
});
