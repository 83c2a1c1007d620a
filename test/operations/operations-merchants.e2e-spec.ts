import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  GlomopayAccounts,
  GlomopayMerchantsModule,
  MemoryTrackingStore,
  type TrackedIntent,
} from 'nestjs-glomopay';
import {
  GlomopayOperationsModule,
  type GlomopayOperationsOptions,
} from 'nestjs-glomopay/operations';
import { Merchants } from '../accounts/merchant-shop.js';
import {
  type Answer,
  type NestHost,
  platforms,
  send,
  startNestHost,
} from '../support/nest-host.js';
import { anOperator, Heard, PASS } from './operations-host.js';

describe.each(platforms)('Operations over merchants made at run time on %s', (platform) => {
  let sandbox: GlomopaySandbox;
  let store: MemoryTrackingStore;
  let merchants: Merchants;
  let host: NestHost;

  const start = async (operations: GlomopayOperationsOptions = {}): Promise<void> => {
    host = await startNestHost(platform, {
      imports: [
        GlomopayMerchantsModule.forRoot({
          source: merchants,
          tracking: { store, sweep: { everyMs: 0 } },
        }),
        GlomopayOperationsModule.forRoot({ ...anOperator, ...operations }),
      ],
      providers: [Heard],
    });
  };
  beforeEach(async () => {
    sandbox = await GlomopaySandbox.start();
    store = new MemoryTrackingStore();
    merchants = new Merchants();
    for (const name of ['shop-a', 'shop-b']) {
      merchants.rows.set(name, { secretKey: sandbox.secretKey, baseUrl: sandbox.url });
    }
  });
  afterEach(async () => {
    await host.close();
    await sandbox.stop();
  });

  const get = (path: string): Promise<Answer> =>
    send(host.port, `/operations${path}`, { headers: PASS });
  const post = (path: string, body: object): Promise<Answer> =>
    send(host.port, `/operations/api/${path}`, {
      method: 'POST',
      headers: { ...PASS, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const accounts = (): GlomopayAccounts => host.app.get(GlomopayAccounts, { strict: false });

  /** A payment that no machine could end. */
  const lose = async (account: string): Promise<void> => {
    const intent: TrackedIntent = {
      account,
      kind: 'payment',
      requestId: 'lost-1',
      reference: 'cart 1',
      subjectId: 'order_1',
      exclusive: true,
      amount: 1_050,
      currency: 'USD',
    };
    const { record } = await store.insert(intent, 3_600_000);
    await store.settle(record, {
      decide: () => ({ state: 'needs_attention', reason: 'no_outcome' }),
      effect: async () => undefined,
      nextCheckMs: 3_600_000,
      witness: { kind: 'sweep', id: null },
    });
  };
  const park = async (account: string): Promise<string> => {
    const id = 'a'.repeat(64);
    await store.inbox.insert({ account, id, body: Buffer.from('{}') });
    const claim = await store.inbox.claim({ account, id }, 60_000);
    if (claim === undefined) throw new Error('somebody was faster');
    await store.inbox.conclude(claim, {
      type: 'payment.success',
      objectId: 'payt_1',
      state: 'failed',
      reason: null,
      nextTryMs: 0,
      handlers: [],
    });
    return id;
  };

  it('asks for a name where no account is open', async () => {
    await start();
    const { status, body } = await get('');
    expect(status).toBe(200);
    expect(body).toContain('Choose an account');
    expect(body).toMatch(/<input[^>]+name="account"/);
    expect(merchants.asked).toEqual([]);
  });

  it('shows one that nobody has used yet, by its name, and then lists it', async () => {
    await start();
    await lose('shop-a');
    const { status, body } = await get('?account=shop-a');
    expect(status).toBe(200);
    expect(body).toContain('Payment of 10.50 USD');
    const { accounts: listed } = JSON.parse((await get('/api/accounts')).body);
    expect(listed).toMatchObject([{ account: 'shop-a', health: 'attention' }]);
    expect((await get('')).body).toMatch(/aria-current="page"\s*>shop-a/);
  });

  it('names those that are closed and have something left, and no other', async () => {
    await start();
    await lose('shop-a');
    await park('shop-b');
    const { closedLeft } = JSON.parse((await get('/api/accounts')).body);
    expect(closedLeft).toEqual(['shop-a', 'shop-b']);
    expect(merchants.asked).toEqual([]);
    const { body } = await get('?account=shop-a');
    expect(body).toMatch(/Closed, with something left.*href="\?account=shop-b"/s);
    expect(JSON.parse((await get('/api/accounts')).body)).toMatchObject({
      accounts: [{ account: 'shop-a' }],
      closedLeft: ['shop-b'],
    });
  });

  it('says that a store cannot tell which closed ones have something left', async () => {
    Object.assign(store, { accountsLeft: async () => undefined });
    await start();
    await park('shop-b');
    expect(JSON.parse((await get('/api/accounts')).body)).toMatchObject({ closedLeft: null });
    expect((await get('')).body).toContain('did not say which closed accounts');
  });

  it('closes, looks up and replays of one that was closed since', async () => {
    await start();
    await lose('shop-b');
    const id = await park('shop-b');
    const wish = { account: 'shop-b', kind: 'payment', requestId: 'lost-1' };
    const closed = await post('movement/resolve', { ...wish, as: 'acknowledged', note: 'seen' });
    expect(JSON.parse(closed.body)).toMatchObject({ record: { resolution: 'acknowledged' } });
    await accounts().invalidate('shop-b');
    const found = await get('/api/look-up?account=shop-b&text=lost-1');
    expect(JSON.parse(found.body).movements).toHaveLength(1);
    await accounts().invalidate('shop-b');
    const replayed = await post('event/replay', { account: 'shop-b', id });
    expect(JSON.parse(replayed.body)).toEqual({ replayed: true });
  });

  it('compares the books of one, and keeps it open until it has', async () => {
    await start();
    const from = new Date(Date.now() - 60_000).toISOString();
    const answer = await post('reconciliation', { account: 'shop-a', from, repair: false });
    const lines = answer.body.trim().split('\n');
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      type: 'end',
      report: { account: 'shop-a', state: 'ended', by: 'asha' },
    });
    const last = await get('/api/reconciliation?account=shop-a');
    expect(JSON.parse(last.body)).toMatchObject({ last: { state: 'ended' } });
  });

  it('says what is wrong: nobody knows it, its options are unusable, the source fails', async () => {
    await start();
    const code = async (account: string) => {
      const { status, body } = await get(`/api/movements?account=${account}`);
      return [status, JSON.parse(body).code];
    };
    expect(await code('nobody')).toEqual([404, 'GLOMOPAY_OPERATIONS_NO_ACCOUNT']);
    expect(await code('default')).toEqual([404, 'GLOMOPAY_OPERATIONS_NO_ACCOUNT']);
    merchants.rows.set('bad', { secretKey: 'test_publishable' });
    expect(await code('bad')).toEqual([503, 'GLOMOPAY_OPERATIONS_UNUSABLE']);
    const page = await get('?account=bad');
    expect(page.status).toBe(503);
    expect(page.body).not.toContain('test_publishable');
    merchants.instead = () => Promise.reject(new Error('no database'));
    expect(await code('new')).toEqual([503, 'GLOMOPAY_ACCOUNT_UNAVAILABLE']);
  });

  it('opens none that the option accounts does not name', async () => {
    await start({ accounts: ['shop-b'] });
    expect((await get('/api/movements?account=shop-b')).status).toBe(200);
    expect((await get('/api/movements?account=shop-a')).status).toBe(404);
    expect((await get('/api/reconciliation?account=shop-a')).status).toBe(404);
    expect((await get('')).body).not.toMatch(/<input[^>]+id="account"/);
    expect(merchants.asked).toEqual(['shop-b']);
  });
});

describe('Operations of an application without accounts', () => {
  it('do not start, and say what to register', async () => {
    const starting = startNestHost('express', {
      imports: [GlomopayOperationsModule.forRoot(anOperator)],
    });
    await expect(starting).rejects.toThrow('register GlomopayModule with GlomopayTrackingModule');
  });
});
