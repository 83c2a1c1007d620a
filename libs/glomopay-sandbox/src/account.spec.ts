import { describe, expect, it } from '@jest/globals';
import { anOrder, badRequest, useSandbox } from '../test/client.js';
import { newAccount } from './account.js';

const client = useSandbox({ account: { invoiceRequired: true } });

const create = (overrides: object = {}) =>
  client().post('/api/v1/orders', anOrder(client().sandbox, overrides));

describe('sandbox.account', () => {
  it('requires an invoice number where the account does', async () => {
    expect((await create()).json).toEqual(
      badRequest("Validation failed: Invoice number can't be blank"),
    );
    expect((await create({ invoice_number: 'A-1' })).status).toBe(201);
  });

  it('requires notes, in the words of the gateway', async () => {
    const { account } = client().sandbox;
    account.invoiceRequired = false;
    account.requiredNotes = ['branch'];
    for (const notes of [undefined, {}, { branch: ' ' }, { Branch: 'x' }]) {
      const { status, json } = await create({ notes });
      expect(status).toBe(422);
      expect(json).toEqual({
        error: 'Unprocessable Entity',
        message: 'Validation failed: Notes branch is required',
      });
    }
    expect((await create({ notes: { branch: 'x' } })).status).toBe(201);
  });

  it('offers the enabled methods, and refuses another', async () => {
    const { account } = client().sandbox;
    account.invoiceRequired = false;
    account.paymentMethods = ['card'];
    account.defaultPurposeCode = 'P0014';
    expect((await create()).json).toMatchObject({
      payment_methods: ['card'],
      purpose_code: 'P0014',
    });
    expect((await create({ payment_methods: ['bank_transfer'] })).status).toBe(400);
  });

  it('is shown on the page', async () => {
    const { text } = await client().get('/', { key: null });
    expect(text).toContain('invoiceRequired');
  });

  it.each([
    { screening: { card: true } },
    { screening: { card: true, transfer: false, cash: true } },
    { screening: null },
    { paymentMethods: [] },
    { paymentMethods: ['upi'] },
    { paymentMethods: ['card', 'card'] },
    { requiredNotes: [''] },
    { defaultPurposeCode: 'X' },
    { tpv: 'yes' },
    { tvp: true },
  ])('is not started with %j', (settings: object) => {
    expect(() => newAccount(settings)).toThrow(TypeError);
  });

  it('checks what a test sets, and keeps a copy of it', () => {
    const account = newAccount({});
    const notes = ['a'];
    account.requiredNotes = notes;
    notes.push('b');
    expect(account.requiredNotes).toEqual(['a']);
    expect(() => Object.assign(account, { tpv: 1 })).toThrow('account.tpv must be true or false');
    expect(account.tpv).toBe(false);
  });
});
