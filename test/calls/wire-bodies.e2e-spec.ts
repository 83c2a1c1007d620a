import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CardDto, CreateOrderDto, CreatePaymentDto } from 'nestjs-glomopay';
import { aCustomerBody, anOrderBody, aStartedPaymentBody } from '../support/library/bodies.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder, type RecordedRequest } from '../support/library/recorder.js';
import { aCard, aCustomer, anOrder, aPayment } from '../support/library/requests.js';
import { aSecretKey } from '../support/library/secret-key.js';

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

/** The only request of a call that the gateway answers with the body. */
async function sent(body: unknown, call: () => Promise<unknown>): Promise<RecordedRequest> {
  gateway.always({ status: 201, body });
  await call();
  expect(gateway.requests).toHaveLength(1);
  const [request] = gateway.requests;
  if (request === undefined) throw new Error('No request arrived.');
  return request;
}

describe("the requests of the gateway's server-to-server page", () => {
  it('are what orders.create sends', async () => {
    const request = await sent(anOrderBody(), () =>
      library.orders.create({
        customerId: 'cust_E602dMzgjpDC',
        documentId: 'doc_nYUqLpuYQ0M8',
        currency: 'USD',
        amount: 1000,
        purposeCode: 'P1401',
        invoiceNumber: 'RG12FF590',
        invoiceDescription: 'Payment requested for services provided',
        invoiceAmount: 1000,
        referenceNumber: 'R0001',
        product: {
          name: 'ShieldGuard Insurance',
          description:
            'Flexible insurance for belongings, travel, and digital assets; easy to manage',
        },
        notes: { key1: 'value1', key2: 'value2' },
        paymentMethods: ['card'],
      }),
    );
    expect(`${request.method} ${request.path}`).toBe('POST /api/v1/orders');
    expect(request.headers).toMatchObject({
      authorization: `Bearer ${aSecretKey()}`,
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(request.text)),
    });
    expect(request.json).toStrictEqual(
      JSON.parse(`{
        "customer_id": "cust_E602dMzgjpDC",
        "document_id": "doc_nYUqLpuYQ0M8",
        "currency": "USD",
        "amount": 1000,
        "purpose_code": "P1401",
        "invoice_number": "RG12FF590",
        "invoice_description": "Payment requested for services provided",
        "invoice_amount": 1000,
        "reference_number": "R0001",
        "product": {
          "name": "ShieldGuard Insurance",
          "description": "Flexible insurance for belongings, travel, and digital assets; easy to manage"
        },
        "notes": { "key1": "value1", "key2": "value2" },
        "payment_methods": ["card"]
      }`),
    );
  });

  it('are what payments.create sends', async () => {
    const request = await sent(aStartedPaymentBody(), () =>
      library.payments.create({
        orderId: 'order_68c00b7btsthf',
        card: {
          holderName: 'John Doe',
          number: '4111111111111111',
          expiryMonth: '09',
          expiryYear: '2030',
          cvv: '123',
        },
        callbackUrl: 'https://server.yoursite.com/payment/callback',
        notes: { internal_ref: 'ref_12345' },
      }),
    );
    expect(`${request.method} ${request.path}`).toBe('POST /api/v1/payments');
    expect(request.headers).toMatchObject({
      authorization: `Bearer ${aSecretKey()}`,
      'content-type': 'application/json',
      accept: 'application/json',
    });
    expect(request.json).toStrictEqual(
      JSON.parse(`{
        "order_id": "order_68c00b7btsthf",
        "method": "card",
        "card": {
          "holder_name": "John Doe",
          "number": "4111111111111111",
          "expiry_month": "09",
          "expiry_year": "2030",
          "cvv": "123"
        },
        "callback_url": "https://server.yoursite.com/payment/callback",
        "notes": { "internal_ref": "ref_12345" }
      }`),
    );
  });
});

describe('a request', () => {
  it('names only headers of its own', async () => {
    const { headers } = await sent(anOrderBody(), () => library.orders.get('order_68c00b7btsthf'));
    expect(Object.keys(headers).toSorted()).toEqual([
      'accept',
      'authorization',
      'connection',
      'host',
      'user-agent',
    ]);
    expect(headers['user-agent']).toMatch(/^nestjs-glomopay\/\d+\.\d+\.\d+ node\/\d+/);
  });

  it('takes the spelling of the payments path from the options', async () => {
    const other = await openLibrary(gateway.url, { options: { paymentsPath: '/api/v1/payment' } });
    const request = await sent(aStartedPaymentBody(), () => other.payments.create(aPayment()));
    expect(request.path).toBe('/api/v1/payment');
    await other.close();
  });

  it("takes the module's callbackUrl where the payment names none", async () => {
    const callbackUrl = 'https://shop.example/returned';
    const other = await openLibrary(gateway.url, { options: { callbackUrl } });
    const request = await sent(aStartedPaymentBody(), () =>
      other.payments.create(aPayment({ callbackUrl: undefined })),
    );
    expect(request.json).toMatchObject({ callback_url: callbackUrl });
    await other.close();
  });
});

describe('orders.create', () => {
  it('sends every documented member of an order with an amount', async () => {
    const request = await sent(anOrderBody(), () =>
      library.orders.create({
        customerId: 'cust_E602dMzgjpDC',
        amount: 1000,
        currency: 'USD',
        requestId: 'shop-1',
        purposeCode: 'S0001',
        paymentMethods: ['bank_transfer', 'pay_via_bank', 'card'],
        documentId: 'doc_1',
        invoiceNumber: 'I1',
        invoiceDescription: 'D1',
        invoiceAmount: 1001,
        referenceNumber: 'R1',
        product: { name: 'N1', description: 'D2' },
        notes: { a: 'b' },
        bankAccountDetails: {
          accountNumber: '1234',
          bicPrimary: 'HDFCINBB',
          bicSecondary: 'HDFC0000001',
          bankCustomerId: 'B1',
        },
        priceId: 'price_1',
        splitIds: ['psplit_1', 'psplit_2'],
        lrs: {
          lrsQuoteId: 'quote_1',
          remittanceInformation: 'Fees-2026',
          bankAccountId: 'acclrs_1',
          beneficiaryId: 'bene_1',
        },
      }),
    );
    expect(request.json).toStrictEqual({
      customer_id: 'cust_E602dMzgjpDC',
      amount: 1000,
      currency: 'USD',
      request_id: 'shop-1',
      purpose_code: 'S0001',
      payment_methods: ['bank_transfer', 'pay_via_bank', 'card'],
      document_id: 'doc_1',
      invoice_number: 'I1',
      invoice_description: 'D1',
      invoice_amount: 1001,
      reference_number: 'R1',
      product: { name: 'N1', description: 'D2' },
      notes: { a: 'b' },
      bank_account_details: {
        account_number: '1234',
        bic_primary: 'HDFCINBB',
        bic_secondary: 'HDFC0000001',
        bank_customer_id: 'B1',
      },
      price_id: 'price_1',
      split_ids: ['psplit_1', 'psplit_2'],
      lrs: {
        lrs_quote_id: 'quote_1',
        remittance_information: 'Fees-2026',
        bank_account_id: 'acclrs_1',
        beneficiary_id: 'bene_1',
      },
    });
  });

  it('sends an order on a quote without amount and currency', async () => {
    const request = await sent(anOrderBody(), () =>
      library.orders.create({ customerId: 'cust_E602dMzgjpDC', quoteId: 'quote_1' }),
    );
    expect(request.json).toStrictEqual({ customer_id: 'cust_E602dMzgjpDC', quote_id: 'quote_1' });
  });

  it('leaves out what is null or undefined', async () => {
    const request = await sent(anOrderBody(), () =>
      library.orders.create(anOrder({ notes: null, requestId: undefined })),
    );
    expect(request.json).toStrictEqual({
      customer_id: 'cust_E602dMzgjpDC',
      amount: 1000,
      currency: 'USD',
    });
  });

  it('sends the same for an instance as for a plain object', async () => {
    const plain = anOrder({ requestId: 'shop-2', product: { name: 'N1' } });
    const first = await sent(anOrderBody(), () => library.orders.create(plain));
    gateway.reset();
    const instance = Object.assign(new CreateOrderDto(), plain);
    const second = await sent(anOrderBody(), () => library.orders.create(instance));
    expect(second.text).toBe(first.text);
  });
});

describe('notes', () => {
  const keys = ['camelCase', 'snake_case', 'with.dots', 'with space', 'constructor', 'toString'];

  it.each(keys)('keep the key %s as it is', async (key) => {
    const request = await sent(anOrderBody(), () =>
      library.orders.create(anOrder({ notes: { [key]: 'v' } })),
    );
    expect(request.json).toMatchObject({ notes: { [key]: 'v' } });
  });

  it('carry a __proto__ key without touching a prototype', async () => {
    const notes = JSON.parse('{"__proto__":"v"}') as Record<string, string>;
    const request = await sent(anOrderBody(), () => library.orders.create(anOrder({ notes })));
    expect(request.text).toContain('"notes":{"__proto__":"v"}');
    expect(Object.hasOwn(Object.prototype, 'v')).toBe(false);
  });
});

describe('payments.create', () => {
  it('sends every documented member of a card payment on an order', async () => {
    const request = await sent(aStartedPaymentBody(), () =>
      library.payments.create(
        aPayment({ method: 'card', requestId: 'p-1', notes: { a: 'b' }, splitIds: ['psplit_1'] }),
      ),
    );
    expect(request.json).toStrictEqual({
      order_id: 'order_68c00b7btsthf',
      method: 'card',
      card: {
        holder_name: 'John Doe',
        number: '4111111111111111',
        expiry_month: '09',
        expiry_year: '2030',
        cvv: '123',
      },
      callback_url: 'https://server.yoursite.com/payment/callback',
      request_id: 'p-1',
      notes: { a: 'b' },
      split_ids: ['psplit_1'],
    });
  });

  it('sends the first card of a subscription', async () => {
    const request = await sent(aStartedPaymentBody(), () =>
      library.payments.create(aPayment({ orderId: undefined, subscriptionId: 'sub_1' })),
    );
    expect(request.json).toMatchObject({ subscription_id: 'sub_1', method: 'card' });
    expect(request.json).not.toHaveProperty('order_id');
  });

  it('sends the same for instances as for plain objects', async () => {
    const first = await sent(aStartedPaymentBody(), () => library.payments.create(aPayment()));
    gateway.reset();
    const card = Object.assign(new CardDto(), aCard());
    const instance = Object.assign(new CreatePaymentDto(), { ...aPayment(), card });
    const second = await sent(aStartedPaymentBody(), () => library.payments.create(instance));
    gateway.reset();
    const third = await sent(aStartedPaymentBody(), () =>
      library.payments.create({ ...aPayment(), card }),
    );
    expect([second.text, third.text]).toEqual([first.text, first.text]);
  });

  it('sends text beyond ASCII whole, with its length in bytes', async () => {
    const card = aCard({ holderName: 'Zoë Ångström 李' });
    const request = await sent(aStartedPaymentBody(), () =>
      library.payments.create(aPayment({ card })),
    );
    expect(request.json).toMatchObject({ card: { holder_name: 'Zoë Ångström 李' } });
  });
});

describe('customers', () => {
  it('create sends every documented member', async () => {
    const request = await sent(aCustomerBody(), () =>
      library.customers.create(
        aCustomer({
          phone: '+91-9023456789',
          dob: '2003-11-29',
          nationality: 'IND',
          pincode: '560048',
          kyc: { panNumber: 'IXQPK8942E' },
        }),
      ),
    );
    expect(`${request.method} ${request.path}`).toBe('POST /api/v1/customer');
    expect(request.json).toStrictEqual({
      name: 'John Doe',
      customer_type: 'individual',
      email: 'john.doe@example.com',
      phone: '+91-9023456789',
      dob: '2003-11-29',
      nationality: 'IND',
      address: '123 Main St',
      city: 'Anytown',
      state: 'Anystate',
      country: 'IND',
      pincode: '560048',
      kyc: { pan_number: 'IXQPK8942E' },
    });
  });

  it('update sends e-mail and phone', async () => {
    const request = await sent(aCustomerBody(), () =>
      library.customers.update('cust_5JU9yv0lGSUP', { email: 'new@example.com', phone: '+1-2' }),
    );
    expect(`${request.method} ${request.path}`).toBe('PATCH /api/v1/customer/cust_5JU9yv0lGSUP');
    expect(request.json).toStrictEqual({ email: 'new@example.com', phone: '+1-2' });
  });
});

describe('lists', () => {
  const page = {
    data: [],
    page_meta: { current: 1, previous: null, next: null, per_page: 20, pages: 0, count: 0 },
  };
  const time = { page: 2, perPage: 50, before: '2026-01-02', after: '2026-01-01T00:00:00Z' };
  const timeQuery = 'page=2&per_page=50&before=2026-01-02&after=2026-01-01T00%3A00%3A00Z';

  it('of orders send every documented filter', async () => {
    const request = await sent(page, () =>
      library.orders.list({ ...time, customerId: 'cust_1', status: 'paid', requestId: 'a&b=c d' }),
    );
    expect(request.path).toBe(
      `/api/v1/orders?${timeQuery}&customer_id=cust_1&status=paid&request_id=a%26b%3Dc+d`,
    );
  });

  it('of payments send every documented filter', async () => {
    const request = await sent(page, () =>
      library.payments.list({
        ...time,
        customerId: 'cust_1',
        status: 'success',
        complianceStatus: 'approved',
        payinId: 'plink_1',
        paymentType: 'orders',
        currency: 'USD',
        requestId: 'r',
      }),
    );
    expect(request.path).toBe(
      `/api/v1/payments?${timeQuery}&customer_id=cust_1&status=success&compliance_status=approved&payin_id=plink_1&payment_type=orders&currency=USD&request_id=r`,
    );
  });

  it('of customers send every documented filter', async () => {
    const request = await sent(page, () =>
      library.customers.list({
        ...time,
        customerType: 'business',
        emailAddress: 'a+b@example.com',
        taxIdentificationNumber: 'IXQPK8942E',
      }),
    );
    expect(request.path).toBe(
      `/api/v1/customer?${timeQuery}&customer_type=business&email_address=a%2Bb%40example.com&tax_identification_number=IXQPK8942E`,
    );
  });

  it('send no query without a filter', async () => {
    const request = await sent(page, () => library.orders.list());
    expect(request.path).toBe('/api/v1/orders');
  });
});
