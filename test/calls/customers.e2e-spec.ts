import { inspect } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aCustomerBody, aPageBody } from '../support/library/bodies.js';
import { failureOf } from '../support/library/failure-of.js';
import { holdLimits, silence } from '../support/library/held-limits.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder, type Reply } from '../support/library/recorder.js';
import { aCustomer } from '../support/library/requests.js';

let gateway: Recorder;
let library: OpenLibrary;

beforeAll(async () => {
  gateway = await Recorder.start();
});
beforeEach(async () => {
  gateway.reset();
  gateway.always({ status: 500, body: {} });
  library = await openLibrary(gateway.url);
});
afterEach(() => library.close());
afterAll(() => gateway.stop());

const reset: Reply = (_, response) => void response.socket?.resetAndDestroy();
const refused = (message: string, status = 400): Reply => ({ status, body: { message } });
const taken = refused('Validation failed: Email has already been taken');
const listing = (...changes: Record<string, unknown>[]): Reply => ({
  body: aPageBody(changes.map((change) => aCustomerBody(change))),
});
const list = 'GET /api/v1/customer?per_page=100&email_address=john.doe%40example.com';

describe('a customer that is made', () => {
  it('says that it is new', async () => {
    gateway.next({ status: 201, body: aCustomerBody() });
    await expect(library.customers.create(aCustomer())).resolves.toMatchObject({ replayed: false });
    expect(gateway.calls()).toEqual(['POST /api/v1/customer']);
  });

  it('is sent again after a lost answer, because the gateway makes one per e-mail', async () => {
    gateway.next(reset, { status: 201, body: aCustomerBody() });
    await expect(library.customers.create(aCustomer())).resolves.toMatchObject({ replayed: false });
  });

  it('is given back when the gateway has it already', async () => {
    gateway.next(taken, listing({}));
    await expect(library.customers.create(aCustomer())).resolves.toMatchObject({
      id: 'cust_5JU9yv0lGSUP',
      replayed: true,
    });
    expect(gateway.calls()).toEqual(['POST /api/v1/customer', list]);
  });

  it('is known in whatever case it is written', async () => {
    gateway.next(
      taken,
      listing({ email: 'JOHN.DOE@Example.COM', country: 'ind', name: 'john  doe ' }),
    );
    await expect(library.customers.create(aCustomer())).resolves.toMatchObject({ replayed: true });
  });

  it('is looked for in lower case too, for the list may go by case although the rule does not', async () => {
    const written = aCustomer({ email: 'John.Doe@Example.com' });
    gateway.next(taken, listing(), listing({}));
    await expect(library.customers.create(written)).resolves.toMatchObject({ replayed: true });
    expect(gateway.calls()).toEqual([
      'POST /api/v1/customer',
      'GET /api/v1/customer?per_page=100&email_address=John.Doe%40Example.com',
      list,
    ]);
  });

  it('is told from the one of the same e-mail in another country', async () => {
    gateway.next(taken, listing({ id: 'cust_us', country: 'USA' }, { id: 'cust_in' }));
    await expect(library.customers.create(aCustomer())).resolves.toMatchObject({ id: 'cust_in' });
  });

  it.each([
    ['name', { name: 'Jane Roe' }],
    ['name', { name: null }],
    ['customerType', { customer_type: 'business' }],
  ])('is a conflict when the one that is there has another %s', async (member, change) => {
    gateway.next(taken, listing(change));
    const thrown = await failureOf(library.customers.create(aCustomer()));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_REQUEST_ID_CONFLICT',
      requestId: undefined,
      existingId: 'cust_5JU9yv0lGSUP',
      differing: [member],
    });
    expect(thrown.message).not.toMatch(/request_id|John|Jane|example/);
  });

  it('is unknown when it is there and cannot be found, and says how to find it', async () => {
    gateway.next(taken).always(listing());
    const thrown = await failureOf(library.customers.create(aCustomer()));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      reason: 'the gateway has the object already, and it could not be found',
      advice: expect.stringContaining('list by e-mail'),
    });
    expect(gateway.count('POST')).toBe(1);
  });

  it('is unknown when two are listed', async () => {
    gateway.next(taken, listing({ id: 'cust_1' }, { id: 'cust_2' }));
    const thrown = await failureOf(library.customers.create(aCustomer()));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      reason: 'the gateway lists several objects that it allows once',
    });
  });

  it('is given back when its answer got lost every time and it is listed', async () => {
    gateway.next(reset, reset, reset, listing({}));
    await expect(library.customers.create(aCustomer())).resolves.toMatchObject({ replayed: true });
  });

  it('shows its PAN in no error, though the gateway repeats it', async () => {
    gateway.next(refused('PAN ABCDE1234F is held by another'), listing());
    const kyc = { panNumber: 'ABCDE1234F' };
    const thrown = await failureOf(
      library.customers.create(aCustomer({ kyc, phone: '+91-9023456789' })),
    );
    expect(thrown).toMatchObject({ gatewayMessage: 'PAN [removed] is held by another' });
    expect(inspect(thrown, { depth: 12, showHidden: true })).not.toContain('ABCDE1234F');
  });

  it('is unknown when others alone are listed and further pages are', async () => {
    gateway.next(refused('no'), {
      body: aPageBody([aCustomerBody({ email: 'jane@example.com' })], { next: 2, pages: 2 }),
    });
    await expect(failureOf(library.customers.create(aCustomer()))).resolves.toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      status: 400,
    });
    expect(gateway.calls()).toHaveLength(2);
  });

  it('is refused in other words only when none is listed', async () => {
    gateway.next(refused('Validation failed: Pincode is required'), listing());
    const thrown = await failureOf(library.customers.create(aCustomer()));
    expect(thrown).toMatchObject({ outcome: 'rejected', status: 400 });
  });
});

describe('a customer of an account that knows them by PAN', () => {
  const create = () => library.customers.create(aCustomer(), { guard: false });

  it('is never sent again once it may have arrived, nor looked for', async () => {
    gateway.next(reset);
    const thrown = await failureOf(create());
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      attempts: 1,
      advice: expect.stringContaining('List by e-mail before you call again'),
    });
    expect(gateway.calls()).toEqual(['POST /api/v1/customer']);
  });

  it('is refused when its e-mail is known', async () => {
    gateway.next(taken);
    expect(await failureOf(create())).toMatchObject({ outcome: 'rejected', status: 400 });
    expect(gateway.calls()).toHaveLength(1);
  });
});

describe('a change of a customer', () => {
  holdLimits();
  const change = { email: 'new@example.com', phone: '+1-555' };
  const id = 'cust_5JU9yv0lGSUP';
  const update = (options = {}) => library.customers.update(id, change, options);
  const failures: Record<string, Reply> = {
    reset,
    silence,
    500: { status: 500 },
    'bad JSON': { body: '{"id":' },
  };

  it.each(Object.entries(failures))('is made again after %s, the same', async (_, failure) => {
    gateway.next(failure, { body: aCustomerBody(change) });
    await expect(update()).resolves.toMatchObject(change);
    expect(gateway.count('PATCH')).toBe(2);
    expect(new Set(gateway.requests.map(({ text }) => text)).size).toBe(1);
  });

  it.each(Object.entries(failures))(
    'is believed after three times %s when the customer shows it',
    async (_, failure) => {
      gateway.next(failure, failure, failure, { body: aCustomerBody(change) });
      await expect(update()).resolves.toMatchObject(change);
      expect(gateway.calls()[3]).toBe(`GET /api/v1/customer/${id}`);
    },
  );

  it('is unknown when the customer shows only a part of it', async () => {
    gateway.next(reset, reset, reset, { body: aCustomerBody({ email: change.email }) });
    expect(await failureOf(update())).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      outcome: 'unknown',
    });
  });

  it.each([400, 401, 404, 422])('that was refused (%i) is not looked for', async (status) => {
    gateway.next(refused('No', status));
    expect(await failureOf(update())).toMatchObject({ outcome: 'rejected' });
    expect(gateway.calls()).toHaveLength(1);
  });
});

describe('customers.list by PAN', () => {
  const PAN = 'ABCDE1234F';
  const filter = { taxIdentificationNumber: PAN };

  it.each<[string, () => Promise<unknown>]>([
    ['list', () => library.customers.list(filter)],
    ['listAll', () => library.customers.listAll(filter).next()],
  ])('shows it in no error of %s, though the gateway repeats it', async (_, ask) => {
    gateway.always(refused(`Tax identification number ${PAN} is not valid`));
    const failure = await failureOf(ask());
    expect(failure).toMatchObject({
      gatewayMessage: 'Tax identification number [removed] is not valid',
    });
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain(PAN);
  });
});
