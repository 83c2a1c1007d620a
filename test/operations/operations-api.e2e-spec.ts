import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TrackedMovements } from 'nestjs-glomopay';
import { platforms, send, type Answer } from '../support/nest-host.js';
import { until } from '../support/until.js';
import { anOperationsHost, type OperationsHost, PASS } from './operations-host.js';

const JSON_BODY = { 'content-type': 'application/json' };
const lost = { state: 'needs_attention', reason: 'no_outcome' } as const;

describe.each(platforms)('The API of the operations on %s', (platform) => {
  let host: OperationsHost;
  beforeEach(async () => {
    host = await anOperationsHost(platform, { accounts: ['emea'] });
  });
  afterEach(() => host.close());

  const get = (path: string, headers: object = PASS): Promise<Answer> =>
    send(host.port, `/operations${path}`, { headers: { ...headers } });
  const post = (path: string, body: object | string, headers: object = PASS): Promise<Answer> =>
    send(host.port, `/operations/api/${path}`, {
      method: 'POST',
      headers: { ...JSON_BODY, ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const json = ({ body }: Answer) => JSON.parse(body);

  const reads = [
    '',
    '/api/accounts',
    '/api/movements?account=default',
    '/api/movement?account=default&kind=payment&requestId=r',
    '/api/look-up?account=default&text=x',
    '/api/events?account=default',
    '/api/event?account=default&id=x',
    '/api/event/payload?account=default&id=x',
    '/api/reconciliation?account=default',
  ];
  /** Refused by all of them once a guard has let it pass. */
  const wrong = { account: 'default', nothing: 1 };
  const writes = ['movement/resolve', 'event/replay', 'events/replay', 'reconciliation'];

  it.each(reads)('lets nobody read %s whom the guard does not', async (path) => {
    await host.put(lost, { requestId: 'r' });
    const { status, body } = await get(path, {});
    expect(status).toBe(403);
    expect(body).not.toContain('no_outcome');
    expect((await get(path)).status).not.toBe(403);
  });

  it.each(writes)('lets nobody do %s whom the guard does not', async (path) => {
    expect((await post(path, { account: 'default' }, {})).status).toBe(403);
    expect((await post(path, wrong)).status).toBe(422);
  });

  it.each(writes)('does not do %s for another site, although the guard would', async (path) => {
    const foreign = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
      { origin: `http://127.0.0.1:${host.port}`, 'sec-fetch-site': 'cross-site' },
      { origin: `http://127.0.0.1:${host.port}`, 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ];
    for (const headers of foreign) {
      const answer = await post(path, wrong, { ...PASS, ...headers });
      expect(answer.status).toBe(403);
      expect(json(answer)).toMatchObject({ code: 'GLOMOPAY_OPERATIONS_CROSS_SITE' });
    }
    for (const headers of [
      { origin: `http://127.0.0.1:${host.port}` },
      { origin: 'https://shop.example', 'sec-fetch-site': 'same-origin' },
      {},
    ]) {
      expect((await post(path, wrong, { ...PASS, ...headers })).status).toBe(422);
    }
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=a'])(
    'takes no body of type %s, which a form can send',
    async (type) => {
      const id = await host.park('payment.success', 'payt_1', 'x');
      const body = JSON.stringify({ account: 'default', id });
      const answer = await post('event/replay', body, { ...PASS, 'content-type': type });
      expect(answer.status).toBe(415);
      expect(await host.inbox().find(id)).toMatchObject({ state: 'failed' });
    },
  );

  it('gives nothing to read to the script of another site', async () => {
    await host.put(lost, { requestId: 'r', reference: 'cart of somebody' });
    const fetched = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };
    for (const site of ['cross-site', 'same-site']) {
      for (const path of reads) {
        const answer = await get(path, { ...PASS, ...fetched, 'sec-fetch-site': site });
        expect(answer.status).toBe(403);
        expect(answer.body).not.toContain('cart of somebody');
      }
    }
    const opened = { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'cross-site' };
    const byLink = await get('', { ...PASS, ...opened, 'sec-fetch-dest': 'document' });
    expect(byLink.status).toBe(200);
    const inFrame = await get('', { ...PASS, ...opened, 'sec-fetch-dest': 'iframe' });
    expect(inFrame.status).toBe(403);
  });

  it('answers in its own words where the database fails, and never with those of the database', async () => {
    const words = new Error('password of glomopay_app is hunter2hunter2');
    const fails = async (): Promise<never> => {
      throw words;
    };
    for (const service of [host.inbox(), host.app.get(TrackedMovements, { strict: false })]) {
      for (const name of ['find', 'list', 'get', 'lookUp', 'needingAttention']) {
        if (name in service) Reflect.set(service, name, fails);
      }
    }
    const views = [
      '',
      '?view=find&text=x',
      '?view=event&id=x',
      '?view=movement&kind=payment&requestId=r',
    ];
    for (const path of [
      ...views,
      '/api/events?account=default',
      '/api/movements?account=default',
    ]) {
      const { status, body, headers } = await get(path);
      expect([path, status]).toEqual([path, 500]);
      expect(body).toContain('the log of the application says why');
      expect(body).not.toContain('hunter2');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(headers['cache-control']).toContain('no-store');
    }
  });

  it('names an operator in one line of the log, whatever a person is called', async () => {
    const id = await host.park('payment.success', 'payt_1', 'x');
    await host.close();
    const name = `asha\n[Nest] ERROR all money is gone\u2028${'x'.repeat(500)}`;
    host = await anOperationsHost(platform, { operations: { actor: () => name } });
    const other = await host.park('payment.success', 'payt_1', id);
    await post('event/replay', { account: 'default', id: other });
    await host.park('payment.success', 'payt_2', id);
    await post('events/replay', { account: 'default' });
    const told = host.log.lines.filter((line) => line.includes('handled again'));
    expect(told).toHaveLength(2);
    for (const line of told) {
      expect(line).toContain('asha?[Nest] ERROR all money is gone?xxx');
      expect(line.length).toBeLessThan(300);
    }
  });

  it('says how each account fares', async () => {
    await host.put(lost);
    await host.park('payment.success', 'payt_1', 'the disk is full', 'emea');
    const { accounts, total } = json(await get('/api/accounts'));
    expect(total).toBe(2);
    expect(accounts).toEqual([
      {
        account: 'default',
        health: 'attention',
        events: { open: 0, failed: 0, oldestOpenAt: null },
        movements: { open: 0, needsAttention: 1 },
      },
      {
        account: 'emea',
        health: 'attention',
        events: { open: 0, failed: 1, oldestOpenAt: null },
        movements: { open: 0, needsAttention: 0 },
      },
    ]);
    const page = json(await get('/api/accounts?after=default&limit=1'));
    expect(page.accounts).toMatchObject([{ account: 'emea' }]);
  });

  it.each([
    [lost, {}, ['acknowledged', 'succeeded', 'failed', 'refunded']],
    [
      { state: 'mismatch', reason: 'amount_differs' },
      {},
      ['acknowledged', 'succeeded', 'failed', 'refunded'],
    ],
    [{ state: 'succeeded', reason: 'terminal_conflict' }, {}, ['acknowledged', 'refunded']],
    [lost, { requestId: 'stray:payt_9' }, ['acknowledged', 'refunded']],
    [{ state: 'succeeded' }, {}, []],
    [{ state: 'attempted' }, {}, []],
    [{ ...lost, resolution: 'refunded', resolvedBy: 'a', resolutionNote: 'b' }, {}, []],
  ] as const)('offers of %j %j what its state allows', async (change, over, offered) => {
    const { requestId } = await host.put(change, over);
    const query = `account=default&kind=payment&requestId=${requestId}`;
    const answer = json(await get(`/api/movement?${query}`));
    expect([...answer.mayCloseAs].toSorted()).toEqual([...offered].toSorted());
    expect(answer).toMatchObject({ record: { requestId }, history: [{ to: 'created' }, {}] });
    const tried = ['acknowledged', 'succeeded', 'failed', 'refunded'].filter(
      (as) => !offered.some((each) => each === as),
    );
    for (const as of tried) {
      const refused = await post('movement/resolve', {
        account: 'default',
        kind: 'payment',
        requestId,
        as,
        note: 'why not',
      });
      expect(refused.status).toBe(409);
      expect(json(refused)).toMatchObject({
        code: 'GLOMOPAY_NOT_RESOLVABLE',
        outcome: 'not_sent',
        fault: expect.any(String),
        message: expect.stringMatching(/^The payment was not closed as /),
      });
    }
  });

  it('closes in the name that the host gives, once, and tells the handlers', async () => {
    const { requestId, reference } = await host.put(lost);
    const wish = { account: 'default', kind: 'payment', requestId, as: 'succeeded', note: 'paid' };
    const answers = await Promise.all([
      post('movement/resolve', wish),
      post('movement/resolve', wish),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(answers.map(json)).toContainEqual(
      expect.objectContaining({ fault: 'resolved', statusCode: 409 }),
    );
    expect(host.heard.outcomes).toMatchObject([{ reference, outcome: 'succeeded', byHand: true }]);
    const { record, history } = json(
      await get(`/api/movement?account=default&kind=payment&requestId=${requestId}`),
    );
    expect(record).toMatchObject({ resolvedBy: 'asha', resolutionNote: 'paid' });
    expect(history.at(-1)).toMatchObject({ witness: { kind: 'person', id: 'asha' }, note: 'paid' });
  });

  it('does not take the name from the body, nor anything that it does not know', async () => {
    const { requestId } = await host.put(lost);
    const wish = { account: 'default', kind: 'payment', requestId, as: 'acknowledged', note: 'n' };
    for (const more of [{ by: 'boss' }, { actor: 'boss' }, { outcome: 'succeeded' }]) {
      const answer = await post('movement/resolve', { ...wish, ...more });
      expect(answer.status).toBe(422);
      expect(json(answer).violations).toMatchObject([{ rule: 'whitelist' }]);
    }
    expect((await post('movement/resolve', wish)).status).toBe(200);
  });

  it.each([
    ['as', { as: 'paid' }],
    ['as', { as: ['failed'] }],
    ['note', { note: '' }],
    ['note', { note: { a: 1 } }],
    ['note', { note: 'card 4111 1111 1111 1111' }],
    ['kind', { kind: 'payout' }],
    ['requestId', { requestId: 7 }],
    ['requestId', { requestId: 'x'.repeat(1_001) }],
    ['account', { account: undefined }],
  ])('refuses to close by a wrong %s, and repeats nothing of it', async (path, over) => {
    const { requestId } = await host.put(lost);
    const wish = {
      account: 'default',
      kind: 'payment',
      requestId,
      as: 'failed',
      note: 'n',
      ...over,
    };
    const answer = await post('movement/resolve', wish);
    expect(answer.status).toBe(422);
    expect(json(answer).violations).toContainEqual(expect.objectContaining({ path }));
    expect(answer.body).not.toContain('4111');
    expect(host.heard.outcomes).toEqual([]);
  });

  it.each(['', 'x', '[]', 'null', '7', '{"account":', '"text"'])(
    'refuses the body %s',
    async (body) => {
      const { status } = await post('event/replay', body);
      expect([400, 422]).toContain(status);
    },
  );

  it('says that a handler of the host failed, without its words, and has written nothing', async () => {
    const { requestId } = await host.put(lost);
    host.heard.isOutOfOrder = true;
    const wish = { account: 'default', kind: 'payment', requestId, as: 'failed', note: 'n' };
    const answer = await post('movement/resolve', wish);
    expect(json(answer)).toEqual({
      statusCode: 500,
      error: 'Internal Server Error',
      code: 'GLOMOPAY_OPERATIONS_FAILED',
      outcome: 'not_sent',
      message: expect.any(String),
    });
    const query = `account=default&kind=payment&requestId=${requestId}`;
    expect(json(await get(`/api/movement?${query}`)).record).toMatchObject(lost);
  });

  it('finds a record by whatever names it', async () => {
    const { requestId, reference } = await host.put(
      { ...lost, objectId: 'payt_77' },
      { subjectId: 'order_77' },
    );
    for (const text of [requestId, reference, 'payt_77', 'order_77']) {
      const { movements } = json(
        await get(`/api/look-up?account=default&text=${encodeURIComponent(text)}`),
      );
      expect(movements).toMatchObject([{ record: { requestId }, mayCloseAs: expect.any(Array) }]);
    }
    const elsewhere = await get('/api/look-up?account=emea&text=payt_77');
    expect(json(elsewhere)).toEqual({ movements: [] });
  });

  it('lists what needs a person, oldest first, in bounds', async () => {
    const first = await host.put(lost);
    await host.put(lost);
    await host.put({ state: 'succeeded' });
    const answer = json(await get('/api/movements?account=default&limit=1'));
    expect(answer).toMatchObject({
      total: 2,
      movements: [{ record: { requestId: first.requestId } }],
    });
    for (const limit of ['0', '201', '-1', '1.5', '1e2', 'all', '999999999']) {
      expect((await get(`/api/movements?account=default&limit=${limit}`)).status).toBe(422);
    }
    expect((await get('/api/movements?account=default&limit=1&limit=2')).status).toBe(422);
    expect((await get('/api/movements?account=default&offset=2')).status).toBe(422);
  });

  it('lists events page by page, none twice and none left out', async () => {
    const parked = await Promise.all(
      Array.from({ length: 9 }, (_, n) => host.park('payment.success', `payt_${n}`, 'x')),
    );
    const seen: string[] = [];
    for (let next: string | null = ''; next !== null;) {
      const before = next === '' ? '' : `&before=${encodeURIComponent(next)}`;
      const page = json(await get(`/api/events?account=default&state=failed&limit=9${before}`));
      seen.push(...page.events.map(({ id }: { id: string }) => id));
      next = page.next;
    }
    expect(seen.toSorted()).toEqual(parked.toSorted());
    const one = json(await get('/api/events?account=default&objectId=payt_3'));
    expect(one.events).toMatchObject([{ objectId: 'payt_3', state: 'failed' }]);
  });

  it('has one parked event handled again, once', async () => {
    const id = await host.park('payment.success', 'payt_1', 'the disk is full');
    const shown = json(await get(`/api/event?account=default&id=${id}`));
    expect(shown.event.handlers).toMatchObject([
      { handler: 'Heard.hear', error: 'the disk is full' },
    ]);
    expect(json(await post('event/replay', { account: 'default', id }))).toEqual({
      replayed: true,
    });
    await until(async () => (await host.inbox().find(id))?.state === 'handled');
    expect(json(await post('event/replay', { account: 'default', id }))).toEqual({
      replayed: false,
    });
    expect(host.log.text).toContain(`asha has event ${id} handled again`);
  });

  it('has all parked events of a type handled again, batch by batch', async () => {
    for (let n = 0; n < 7; n += 1) {
      await host.park(n % 2 === 0 ? 'payment.success' : 'after.payment.succeeded', 'payt_1', 'x');
    }
    let replayed = 0;
    let batches = 0;
    for (let before: string | null | undefined; before !== null; batches += 1) {
      const wish = {
        account: 'default',
        type: 'payment.success',
        limit: 3,
        ...(before && { before }),
      };
      const done = json(await post('events/replay', wish));
      expect(done.looked).toBeLessThanOrEqual(3);
      replayed += done.replayed;
      before = done.next;
    }
    expect(replayed).toBeGreaterThanOrEqual(1);
    expect(batches).toBeLessThan(20);
    const left = await host.inbox().list({ state: 'failed' });
    expect(left.filter(({ type }) => type === 'payment.success').length + replayed).toBe(4);
  });

  it('knows no account that is not there, and shows no payload unless it may', async () => {
    const id = await host.park('payment.success', 'payt_1', 'x');
    expect(json(await get('/api/movements?account=apac'))).toMatchObject({
      statusCode: 404,
      code: 'GLOMOPAY_OPERATIONS_NO_ACCOUNT',
    });
    expect((await get(`/api/event/payload?account=default&id=${id}`)).status).toBe(404);
  });

  it('compares a part of the books, tells it line by line, and remembers the last one', async () => {
    const hour = new Date(Date.now() - 3_600_000).toISOString();
    const answer = await post('reconciliation', { account: 'default', from: hour, repair: false });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/x-ndjson/);
    expect(answer.headers['cache-control']).toContain('no-store');
    const lines = answer.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).toMatchObject({ type: 'progress' });
    expect(lines.at(-1)).toMatchObject({
      type: 'end',
      report: { state: 'ended', by: 'asha', repair: false, summary: { findings: 0 } },
    });
    const last = json(await get('/api/reconciliation?account=default')).last;
    expect(last).toMatchObject({ state: 'ended', account: 'default' });
    expect(json(await get('/api/reconciliation?account=emea')).last).toBeNull();
  });

  it.each([
    [{}, 'from'],
    [{ from: 'yesterday' }, 'from'],
    [{ from: '2026-01-01T00:00:00Z', to: '2026-03-01T00:00:00Z' }, 'from'],
    [{ from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'to'],
    [{ from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', repair: 'no' }, 'repair'],
    [{ from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', repair: undefined }, 'repair'],
  ])('compares nothing by %j', async (over, path) => {
    const answer = await post('reconciliation', { account: 'default', repair: true, ...over });
    expect(answer.status).toBe(422);
    expect(json(answer).violations).toContainEqual(expect.objectContaining({ path }));
    expect(json(await get('/api/reconciliation?account=default')).last).toBeNull();
  });
});
