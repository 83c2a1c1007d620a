import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { GlomopayApiError, GlomopayOutcomeUnknownError } from 'nestjs-glomopay';
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
