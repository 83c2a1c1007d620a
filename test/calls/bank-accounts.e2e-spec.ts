import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { GlomopayApiError, GlomopayOutcomeUnknownError, RfisService } from 'nestjs-glomopay';
import { anOrderBody } from '../support/library/bodies.js';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder } from '../support/library/recorder.js';
import { anOrder } from '../support/library/requests.js';

const PATH = '/api/v1/customer/cust_1/bank-accounts';
const NUMBER = 'GB33BUKB20201555555555';
const account = { accountNumber: NUMBER, bicSecondary: 'HILL0000001' };
const body = {
  id: 'acc_1',
  account_number: NUMBER,
  bic_primary: null,
  bic_secondary: 'HILL0000001',
};

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

describe('customers.addBankAccount', () => {
  it('registers an account and gives it as the gateway has it', async () => {
    gateway.always({ status: 201, body });
    const added = await library.customers.addBankAccount('cust_1', account);
    expect(gateway.requests).toMatchObject([
      {
        method: 'POST',
        path: PATH,
        json: { account_number: NUMBER, bic_secondary: 'HILL0000001' },
      },
    ]);
    expect(added).toEqual({
      id: 'acc_1',
      accountNumber: NUMBER,
      bicPrimary: null,
      bicSecondary: 'HILL0000001',
      raw: body,
    });
  });

  it('takes an answer of which it knows nothing', async () => {
    gateway.always({ status: 201, body: { accepted: true } });
    const added = await library.customers.addBankAccount('cust_1', account);
    expect(added).toMatchObject({ id: null, accountNumber: null, raw: { accepted: true } });
  });

  it('is never sent twice, and says where to look', async () => {
    gateway.always({ status: 503, body: { message: 'Try later' } });
    const failure = await failureOf(library.customers.addBankAccount('cust_1', account));
    expect(failure).toBeInstanceOf(GlomopayOutcomeUnknownError);
    expect(String(failure)).toContain('Look at the bank accounts of the customer');
    expect(gateway.calls()).toEqual([`POST ${PATH}`]);
  });

  it('shows the number in no error, though the gateway repeats it', async () => {
    gateway.always({
      status: 400,
      body: { error: `Bad ${NUMBER}`, message: `${NUMBER} is closed` },
    });
    const failure = await failureOf(library.customers.addBankAccount('cust_1', account));
    expect(failure).toBeInstanceOf(GlomopayApiError);
    expect(String(failure)).toContain('[removed] is closed');
    expect(inspect(failure, { depth: 12, showHidden: true })).not.toContain(NUMBER);
  });
});

describe('customers.bankAccounts', () => {
  it('is a page', async () => {
    const page_meta = { current: 1, previous: null, next: null, per_page: 20, pages: 1, count: 1 };
    gateway.always({ body: { data: [body], page_meta } });
    const page = await library.customers.bankAccounts('cust_1');
    expect(gateway.calls()).toEqual([`GET ${PATH}`]);
    expect(page).toMatchObject({ count: 1, unreadable: [], data: [{ accountNumber: NUMBER }] });
  });
});

/** Which of them the gateway sends, no document shows. */
describe.each<[string, (...items: unknown[]) => unknown]>([
  ['items and nothing around them', (...items) => items],
  ['items without the numbers of a page', (...data) => ({ data })],
])('an undocumented list that is %s', (_, listOf) => {
  const whole = { current: 1, previous: null, next: null, pages: 1 };

  it('is the one page of bank accounts', async () => {
    gateway.always({ body: listOf(body) });
    expect(await library.customers.bankAccounts('cust_1')).toMatchObject({
      ...whole,
      count: 1,
      data: [{ accountNumber: NUMBER }],
    });
  });

  it('is the one page of requests for information', async () => {
    gateway.always({ body: listOf({ id: 'rfi_1' }, { id: 7 }) });
    const page = await library.module.get(RfisService).list();
    expect(page).toMatchObject({ ...whole, count: 2, data: [{ id: 'rfi_1' }] });
    expect(page.unreadable).toHaveLength(1);
  });

  it('may be empty', async () => {
    gateway.always({ body: listOf() });
    expect(await library.customers.bankAccounts('cust_1')).toMatchObject({ count: 0, data: [] });
  });

  it('is no list of what is documented', async () => {
    gateway.always({ body: listOf(anOrderBody()) });
    expect(await failureOf(library.orders.list())).toMatchObject({
      code: 'GLOMOPAY_RESPONSE_MALFORMED',
    });
  });
});

describe('an answer that should be an undocumented list', () => {
  it.each([{}, { items: [] }, { data: null }, { data: [], page_meta: {} }, 'none', null])(
    'is refused when there is none in it: %j',
    async (odd) => {
      gateway.always({ body: JSON.stringify(odd) });
      expect(await failureOf(library.customers.bankAccounts('cust_1'))).toMatchObject({
        code: 'GLOMOPAY_RESPONSE_MALFORMED',
      });
    },
  );
});

describe('an order with the account of its payer', () => {
  const order = anOrder({ bankAccountDetails: account });

  it('gives back account, remittance and what is missing', async () => {
    const lrs = {
      lrs_quote_id: 'quote_1',
      remittance_information: 'F-1',
      bank_account_id: 'acclrs_1',
    };
    const rfi_documents = [{ rfi_doc_id: 'rfidoc_1', name: 'Passport' }];
    const bank_account_details = { account_number: NUMBER, bic_primary: 7 };
    gateway.always({ body: anOrderBody({ lrs, rfi_documents, bank_account_details }) });
    expect(await library.orders.get(String(anOrderBody()['id']))).toMatchObject({
      lrs: {
        lrsQuoteId: 'quote_1',
        remittanceInformation: 'F-1',
        bankAccountId: 'acclrs_1',
        beneficiaryId: null,
      },
      bankAccountDetails: { accountNumber: NUMBER, bicPrimary: null, bankCustomerId: null },
      rfiDocuments: [{ rfiDocId: 'rfidoc_1', name: 'Passport' }],
    });
  });

  it('is no remittance and has no account where the answer has none', async () => {
    gateway.always({ body: anOrderBody({ lrs: null }) });
    expect(await library.orders.get(String(anOrderBody()['id']))).toMatchObject({
      lrs: null,
      bankAccountDetails: null,
    });
  });

  it('shows its number in no error', async () => {
    gateway.always({ status: 400, body: { message: `Account ${NUMBER} is not valid` } });
    const failure = await failureOf(library.orders.create(order));
    expect(String(failure)).toContain('Account [removed] is not valid');
    expect(inspect(failure, { depth: 12, showHidden: true })).not.toContain(NUMBER);
  });
});
