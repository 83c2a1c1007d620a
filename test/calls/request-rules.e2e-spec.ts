import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { GlomopayValidationError, UpdateCustomerDto } from 'nestjs-glomopay';
import { anOrderBody, aStartedPaymentBody } from '../support/library/bodies.js';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder } from '../support/library/recorder.js';
import { aCard, aCustomer, anOrder, aPayment } from '../support/library/requests.js';

let gateway: Recorder;
let library: OpenLibrary;

beforeAll(async () => {
  gateway = await Recorder.start();
  library = await openLibrary(gateway.url);
});
beforeEach(() => gateway.reset());
afterAll(async () => {
  await library.close();
  await gateway.stop();
});

/** The refusal of a call; nothing of it may have reached the gateway. */
async function refusal(call: Promise<unknown>): Promise<GlomopayValidationError> {
  const failure = await failureOf(call);
  expect(gateway.calls()).toEqual([]);
  if (failure instanceof GlomopayValidationError) return failure;
  throw failure;
}

/** Refused for one member by a rule, without the value. */
async function expectRefused(call: Promise<unknown>, path: string, rule: string): Promise<void> {
  const failure = await refusal(call);
  expect(failure.violations).toContainEqual(expect.objectContaining({ path, rule }));
  expect(failure).toMatchObject({ code: 'GLOMOPAY_VALIDATION', outcome: 'not_sent' });
}

const quoted = { amount: undefined, currency: undefined, quoteId: 'quote_1' };
const lrs = { lrsQuoteId: 'quote_1', remittanceInformation: 'Fees-2026' };

const spoiledOrders: [path: string, rule: string, change: Record<string, unknown>][] = [
  ['customerId', 'isGlomopayId', { customerId: 'order_1' }],
  ['customerId', 'isGlomopayId', { customerId: 'cust_../..' }],
  ['amount', 'isMinorUnits', { amount: 0 }],
  ['amount', 'isMinorUnits', { amount: 10.5 }],
  ['amount', 'isMinorUnits', { amount: '1000' }],
  ['amount', 'isMinorUnits', { amount: Number.NaN }],
  ['amount', 'isMinorUnits', { amount: 2 ** 53 }],
  ['amount', 'isMinorUnits', { amount: undefined }],
  ['amount', 'isMinorUnits', { amount: null }],
  ['currency', 'isIn', { currency: 'usd' }],
  ['currency', 'isIn', { currency: 'INR' }],
  ['currency', 'isIn', { currency: undefined }],
  ['amount', 'excludedBy', { quoteId: 'quote_1' }],
  ['currency', 'excludedBy', { quoteId: 'quote_1' }],
  ['priceId', 'excludedBy', { quoteId: 'quote_1', priceId: 'price_1' }],
  ['paymentMethods', 'excludedBy', { quoteId: 'quote_1', paymentMethods: ['card'] }],
  ['splitIds', 'excludedBy', { quoteId: 'quote_1', splitIds: ['psplit_1'] }],
  ['requestId', 'minLength', { requestId: '' }],
  ['requestId', 'maxLength', { requestId: 'r'.repeat(65) }],
  ['requestId', 'isString', { requestId: 7 }],
  ['requestId', 'isWellFormed', { requestId: 'order-\u{1F600}'.slice(0, 7) }],
  ['purposeCode', 'matches', { purposeCode: 'p 1' }],
  ['paymentMethods', 'isArray', { paymentMethods: 'card' }],
  ['amount', 'requiredUnless', { amount: undefined }],
  ['currency', 'requiredUnless', { currency: null }],
  ['purposeCode', 'matches', { purposeCode: 'PYR001' }],
  ['paymentMethods', 'isIn', { paymentMethods: [1] }],
  ['paymentMethods', 'isIn', { paymentMethods: ['card', 'Card'] }],
  ['paymentMethods', 'arrayNotEmpty', { paymentMethods: [] }],
  ['documentId', 'isGlomopayId', { documentId: 'doc' }],
  ['invoiceAmount', 'isMinorUnits', { invoiceAmount: -1 }],
  ['invoiceAmount', 'atLeast', { invoiceAmount: 999 }],
  ['product.name', 'isString', { product: {} }],
  ['product.name', 'minLength', { product: { name: '' } }],
  ['product', 'isObject', { product: 'a product' }],
  ['product', 'isObject', { product: ['a product'] }],
  ['notes', 'isNotes', { notes: { a: 1 } }],
  ['notes', 'isNotes', { notes: ['a'] }],
  ['bankAccountDetails.accountNumber', 'isString', { bankAccountDetails: { bicPrimary: 'X' } }],
  [
    'bankAccountDetails.bicPrimary',
    'requiredUnless',
    { bankAccountDetails: { accountNumber: '1' } },
  ],
  ['bankAccountDetails.accountNumber', 'minLength', { bankAccountDetails: { accountNumber: '' } }],
  ['splitIds', 'isGlomopayId', { splitIds: ['psplit_1', 'x'] }],
  ['lrs.remittanceInformation', 'matches', { lrs: { lrsQuoteId: 'quote_1' } }],
  ['lrs.remittanceInformation', 'matches', { lrs: { ...lrs, remittanceInformation: '' } }],
  ['lrs.remittanceInformation', 'matches', { lrs: { ...lrs, remittanceInformation: 'a b' } }],
  [
    'lrs.remittanceInformation',
    'matches',
    { lrs: { ...lrs, remittanceInformation: 'a'.repeat(21) } },
  ],
  ['lrs.bankAccountId', 'isGlomopayId', { lrs: { ...lrs, bankAccountId: 'ba_1' } }],
  ['currency', 'narrowedBy', { lrs, currency: 'EUR' }],
  ['purposeCode', 'narrowedBy', { lrs, purposeCode: 'P1401' }],
  ['lrs.lrsQuoteId', 'isGlomopayId', { lrs: { lrsQuoteId: 'q', remittanceInformation: 'A' } }],
];

describe('orders.create', () => {
  it.each(spoiledOrders)('refuses %s by the rule %s: %j', async (path, rule, change) => {
    await expectRefused(library.orders.create(anOrder(change)), path, rule);
  });

  it.each<[string, Record<string, unknown>]>([
    ['a remittance without a purpose code', { lrs }],
    ['a remittance with its own', { lrs, purposeCode: 'S0002' }],
    ['an invoice of the very amount', { invoiceAmount: 1000 }],
    ['an invoice beside a quote, which alone knows the amount', { ...quoted, invoiceAmount: 1 }],
    ['a purpose code that is newer than the library', { purposeCode: 'P9999' }],
  ])('sends %s', async (_, change) => {
    gateway.always({ status: 201, body: anOrderBody() });
    await library.orders.create(anOrder(change));
    expect(gateway.calls()).toEqual(['POST /api/v1/orders']);
  });

  it('names every broken rule at once', async () => {
    const failure = await refusal(
      library.orders.create(anOrder({ amount: -1, currency: 'XXX', customerId: 'no' })),
    );
    expect(failure.violations.map(({ path }) => path)).toEqual([
      'customerId',
      'amount',
      'currency',
    ]);
  });
});

const spoiledPayments: [path: string, rule: string, change: Record<string, unknown>][] = [
  ['orderId', 'isGlomopayId', { orderId: undefined }],
  ['orderId', 'isGlomopayId', { orderId: null }],
  ['orderId', 'isGlomopayId', { orderId: 'payt_1' }],
  ['subscriptionId', 'excludedBy', { subscriptionId: 'sub_1' }],
  ['method', 'isIn', { method: 'bank_transfer' }],
  ['card', 'isDefined', { card: undefined }],
  ['card', 'isObject', { card: '4111111111111111' }],
  ['card', 'isObject', { card: [aCard()] }],
  ['card.number', 'isCardNumber', { card: aCard({ number: '4111 1111 1111 1111' }) }],
  ['card.number', 'isCardNumber', { card: aCard({ number: '41111111111' }) }],
  ['card.number', 'isCardNumber', { card: aCard({ number: '4'.repeat(20) }) }],
  ['card.number', 'isCardNumber', { card: aCard({ number: '4111111111111111\n' }) }],
  ['card.number', 'isCardNumber', { card: aCard({ number: '４１１１１１１１１１１１１１１１' }) }],
  ['card.cvv', 'isCvv', { card: aCard({ cvv: '12' }) }],
  ['card.cvv', 'isCvv', { card: aCard({ cvv: '12345' }) }],
  ['card.expiryMonth', 'isCardText', { card: aCard({ expiryMonth: '13' }) }],
  ['card.expiryMonth', 'isCardText', { card: aCard({ expiryMonth: '9' }) }],
  ['card.expiryYear', 'isCardText', { card: aCard({ expiryYear: '30' }) }],
  ['card.holderName', 'isCardText', { card: aCard({ holderName: '' }) }],
  ['callbackUrl', 'isCallbackUrl', { callbackUrl: 'http://shop.example/' }],
  ['callbackUrl', 'isCallbackUrl', { callbackUrl: 'javascript:alert(1)' }],
  ['callbackUrl', 'isCallbackUrl', { callbackUrl: '/payment/callback' }],
  ['callbackUrl', 'isDefined', { callbackUrl: undefined }],
  ['requestId', 'maxLength', { requestId: 'r'.repeat(65) }],
  ['notes', 'isNotes', { notes: { a: { b: 'c' } } }],
  ['splitIds', 'isGlomopayId', { splitIds: ['split_1'] }],
];

describe('payments.create', () => {
  it.each(spoiledPayments)('refuses %s by the rule %s', async (path, rule, change) => {
    const payment = { ...aPayment(), ...change } as ReturnType<typeof aPayment>;
    await expectRefused(library.payments.create(payment), path, rule);
  });

  it.each([
    ['the payment', { ...aPayment(), '4111111111111111': '739' }, ''],
    ['the card', aPayment({ card: { ...aCard(), '4111111111111111': '739' } as never }), 'card'],
  ])('refuses an unknown member of %s without naming it', async (_, payment, path) => {
    const failure = await refusal(library.payments.create(payment));
    expect(failure.violations).toEqual([
      expect.objectContaining({ path, rule: 'knownMembersOnly' }),
    ]);
    expect(inspect(failure, { depth: 12, showHidden: true })).not.toMatch(/4111|739/);
  });

  it('refuses a __proto__ member', async () => {
    const payment = JSON.parse('{"__proto__":{"orderId":"order_1"}}') as typeof anyPayment;
    await expectRefused(library.payments.create(payment), '', 'knownMembersOnly');
  });

  it.each([undefined, null, 'text', 7, []])('refuses %p as a payment', async (payment) => {
    await expectRefused(library.payments.create(payment as never), '', 'isObject');
  });

  it('accepts the card numbers that the gateway lists, Luhn or not', async () => {
    gateway.always({ status: 201, body: aStartedPaymentBody() });
    const card = aCard({ number: '3466241111111111' });
    await expect(library.payments.create(aPayment({ card }))).resolves.toMatchObject({
      paymentId: 'payt_691eeb9aV79Uk',
    });
  });
});

const anyPayment = aPayment();

const spoiledCustomers: [path: string, rule: string, change: Record<string, unknown>][] = [
  ['name', 'matches', { name: 'J' }],
  ['name', 'matches', { name: 'Zoë' }],
  ['name', 'matches', { name: 'a'.repeat(129) }],
  ['customerType', 'isIn', { customerType: 'person' }],
  ['email', 'isEmail', { email: 'nobody' }],
  ['phone', 'minLength', { phone: '' }],
  ['dob', 'isCalendarDate', { dob: '29.11.2003' }],
  ['dob', 'isCalendarDate', { dob: '2003-99-99' }],
  ['dob', 'isCalendarDate', { dob: '2003-02-29' }],
  ['country', 'matches', { country: 'Ind' }],
  ['nationality', 'matches', { nationality: 'IN' }],
  ['address', 'minLength', { address: '' }],
  ['city', 'isString', { city: undefined }],
  ['kyc.panNumber', 'matches', { kyc: { panNumber: 1 } }],
  ['kyc.panNumber', 'matches', { kyc: {} }],
  ['kyc.panNumber', 'matches', { kyc: { panNumber: 'ixqpk8942e' } }],
  ['kyc.panNumber', 'matches', { kyc: { panNumber: 'IXQPK8942' } }],
  ['phone', 'requiredBeside', { kyc: { panNumber: 'IXQPK8942E' } }],
  [
    'name',
    'isPlainWithKyc',
    { name: "J. O'Hara", phone: '+91-9023456789', kyc: { panNumber: 'IXQPK8942E' } },
  ],
];

describe('customers.create', () => {
  it.each(spoiledCustomers)('refuses %s by the rule %s: %j', async (path, rule, change) => {
    await expectRefused(library.customers.create(aCustomer(change)), path, rule);
  });
});

describe('customers.update', () => {
  it('refuses an empty phone', async () => {
    await expectRefused(library.customers.update('cust_1', { phone: '' }), 'phone', 'minLength');
  });

  it.each([{}, { email: undefined }, { phone: null }])(
    'refuses what changes nothing: %j',
    async (body) => {
      const changes = Object.assign(new UpdateCustomerDto(), body);
      await expectRefused(library.customers.update('cust_1', changes), 'email', 'requiredUnless');
    },
  );
});

describe('customers.addBankAccount', () => {
  it.each<[path: string, rule: string, account: Record<string, unknown>]>([
    ['accountNumber', 'isString', { bicPrimary: 'HILLINBB' }],
    ['accountNumber', 'isString', { accountNumber: 12345678, bicPrimary: 'HILLINBB' }],
    ['accountNumber', 'minLength', { accountNumber: '', bicPrimary: 'HILLINBB' }],
    ['bicPrimary', 'requiredUnless', { accountNumber: '12345678' }],
    ['bicSecondary', 'minLength', { accountNumber: '12345678', bicSecondary: '' }],
    ['', 'knownMembersOnly', { accountNumber: '12345678', bicPrimary: 'X', bankCustomerId: '1' }],
  ])('refuses %s by the rule %s', async (path, rule, account) => {
    await expectRefused(library.customers.addBankAccount('cust_1', account as never), path, rule);
  });
});

describe('lists', () => {
  it.each([
    ['page', 'min', { page: 0 }],
    ['page', 'isInt', { page: 1.5 }],
    ['perPage', 'max', { perPage: 101 }],
    ['before', 'isInstant', { before: 'yesterday' }],
    ['before', 'isInstant', { before: '2026-W01-1' }],
    ['after', 'isInstant', { after: '2026-02-30' }],
    ['payinId', 'isGlomopayId', { payinId: 'payt_1' }],
    ['payinId', 'excludedBy', { payinId: 'order_1', subscriptionId: 'sub_1' }],
    ['status', 'isIn', { status: 'pending' }],
  ])('refuse %s by the rule %s', async (path, rule, filter) => {
    await expectRefused(library.payments.list(filter as never), path, rule);
  });
});

/** H3: ids that would leave the path, or ask for something else. */
const hostileIds: unknown[] = [
  '../../admin',
  '%2e%2e%2f%2e%2e%2fadmin',
  'order_1/../../admin',
  'order_1?key=1',
  'order_1#x',
  'order_1%00',
  'order_1\r\nHost: evil.example',
  'order_1\n',
  'order_',
  'order_{id}',
  `order_${'a'.repeat(65)}`,
  '/order_1',
  'ORDER_1',
  ['order_1'],
  { toString: () => 'order_1' },
  undefined,
];

/** The same id of another kind; what is no text stays what it is. */
function renamed(id: string, prefix: string): string {
  return typeof id === 'string' ? id.replace('order_', prefix) : id;
}

describe('an id', () => {
  const calls = {
    'orders.get': (id: string) => library.orders.get(id),
    'payments.get': (id: string) => library.payments.get(renamed(id, 'payt_')),
    'payments.waitForFinal': (id: string) => library.payments.waitForFinal(id),
    'customers.get': (id: string) => library.customers.get(renamed(id, 'cust_')),
    'customers.addBankAccount': (id: string) =>
      library.customers.addBankAccount(renamed(id, 'cust_'), {
        accountNumber: '12345678',
        bicPrimary: 'HILLINBB',
      }),
    'customers.bankAccounts': (id: string) => library.customers.bankAccounts(renamed(id, 'cust_')),
    'customers.update': (id: string) => library.customers.update(id, { phone: '+1' }),
  };
  const cases = hostileIds.flatMap((id) => Object.keys(calls).map((call) => [call, id] as const));

  it.each(cases)('%s never sends the id %j', async (call, id) => {
    const ask = calls[call as keyof typeof calls];
    await expectRefused(ask(id as string), 'id', 'isGlomopayId');
  });

  it('of the right grammar is asked for as it is', async () => {
    gateway.always({ body: anOrderBody({ id: 'order_a-B_9' }) });
    await library.orders.get('order_a-B_9');
    expect(gateway.calls()).toEqual(['GET /api/v1/orders/order_a-B_9']);
  });
});

describe('RequestOptions', () => {
  const values = [Number.NaN, Infinity, -Infinity, -1, 0, 2 ** 31, '100', null];
  const cases = ['timeoutMs', 'deadlineMs'].flatMap((name) =>
    values.map((value) => [name, value] as const),
  );

  it.each(cases)('refuse %s of %p before anything is sent', async (name, value) => {
    const options = { [name]: value } as never;
    await expectRefused(library.payments.create(aPayment(), options), name, 'range');
    await expectRefused(library.orders.get('order_1', options), name, 'range');
  });
});
