import { describe, expect, it } from '@jest/globals';
import { WireObject } from '../../wire/wire-object.js';
import { decodePayment, paymentShape } from './payment.js';

const plain = {
  id: 'payt_1',
  payin_id: 'order_1',
  subscription_id: null,
  status: 'success',
  compliance_status: null,
  requested_amount: 1000,
  requested_currency: 'USD',
  funds_available: true,
};

const rfi = {
  id: 'rfi_1',
  reason_code: 'COMPLIANCE_REVIEW',
  reason_code_description: 'More is needed',
  response_deadline: '2026-08-21T10:29:00Z',
  documents_required: [
    { rfi_doc_id: 'rfidoc_1', description: 'Passport', multiple_allowed: false, max_count: 1 },
  ],
};

describe('what compliance asks about a payment', () => {
  it('is read member by member', () => {
    expect(decodePayment({ ...plain, rfi }).rfi).toEqual({
      id: 'rfi_1',
      reasonCode: 'COMPLIANCE_REVIEW',
      reasonDescription: 'More is needed',
      responseDeadline: '2026-08-21T10:29:00Z',
      documentsRequired: [
        { rfiDocId: 'rfidoc_1', description: 'Passport', multipleAllowed: false, maxCount: 1 },
      ],
    });
  });

  it.each([{ rfi_id: 'rfi_2' }, { rfi: null, rfi_id: 'rfi_2' }, { rfi: 'rfi_2' }])(
    'is an id where there is no more: %j',
    (change) => {
      expect(decodePayment({ ...plain, ...change }).rfi).toMatchObject({
        id: 'rfi_2',
        documentsRequired: [],
      });
    },
  );

  it('is the object where there is an id beside it', () => {
    expect(decodePayment({ ...plain, rfi, rfi_id: 'rfi_2' }).rfi?.id).toBe('rfi_1');
  });

  it.each([{}, { rfi: null }, { rfi: 7 }, { rfi: [] }, { rfi_id: null }])(
    'is nothing: %j',
    (change) => {
      expect(decodePayment({ ...plain, ...change }).rfi).toBeNull();
    },
  );

  it('can never be answered without the id of its document', () => {
    const documents_required = [{ description: 'Passport' }];
    const read = decodePayment({ ...plain, rfi: { ...rfi, documents_required } });
    expect(read.rfi?.documentsRequired[0]?.rfiDocId).toBe('');
  });

  it('is in an event too', () => {
    const event = new WireObject('payment', { id: 'payt_1', rfi_id: 'rfi_2' });
    expect(paymentShape.snapshot(event).rfi?.id).toBe('rfi_2');
  });
});

describe('a payment of a subscription', () => {
  it.each([
    [{ 'auto_debit?': true }, true],
    [{ auto_debit: true }, true],
    [{ 'auto_debit?': false, auto_debit: true }, false],
    [{ 'auto_debit?': null, auto_debit: true }, true],
    [{ auto_debit: 'yes' }, null],
    [{}, null],
  ])('with %j has an autoDebit of %j', (change, expected) => {
    expect(decodePayment({ ...plain, ...change }).autoDebit).toBe(expected);
  });
});

describe('how a payment was made', () => {
  const details = { sender_name: 'Jane Roe', external_reference: 'GLM7A2C1', card_bin: '411111' };
  const methodOf = (type: unknown) =>
    decodePayment({ ...plain, payment_method: { type, details } }).paymentMethod;

  it.each(['bank_transfer', 'pay_via_bank'])('is told of a transfer: %s', (type) => {
    expect(methodOf(type)).toMatchObject({
      type,
      card: null,
      transfer: { senderName: 'Jane Roe', externalReference: 'GLM7A2C1', swiftCode: null },
    });
  });

  it('is told of a card', () => {
    expect(methodOf('card')).toMatchObject({ card: { bin: '411111' }, transfer: null });
  });

  it.each(['a_new_way', null, 7])('is not guessed of %j', (type) => {
    expect(methodOf(type)).toMatchObject({ card: null, transfer: null });
  });
});

describe('the fees of a payment', () => {
  it('are read entry by entry, with their taxes', () => {
    const entry = {
      amount: 250,
      currency: 'USD',
      bearer: 'merchant',
      collection_mode: 'immediate',
      taxes: [{ amount: 45, currency: 'USD', name: 'GST', bps: 1800 }],
    };
    const fee_breakdown = { fx_fee: [], txn_fee: [entry] };
    expect(decodePayment({ ...plain, fee_breakdown }).feeBreakdown).toEqual({
      fxFee: [],
      txnFee: [
        {
          amount: 250,
          currency: 'USD',
          bearer: 'merchant',
          collectionMode: 'immediate',
          taxes: [{ amount: 45, currency: 'USD', name: 'GST', bps: 1800 }],
        },
      ],
      referralFee: [],
    });
  });

  it.each([null, undefined, 'none', []])('are null, and no list is fatal: %j', (fee_breakdown) => {
    const read = decodePayment({ ...plain, fee_breakdown, fees: fee_breakdown, documents: null });
    expect([read.feeBreakdown, read.fees, read.documents]).toEqual([null, null, []]);
  });
});
