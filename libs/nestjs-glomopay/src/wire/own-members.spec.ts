import { decodePayment } from '../api/payments/payment.js';
import { looseObject, looseObjects, looseText } from './readers.js';

/** Runs with a member that every object of the process inherits, as somebody's careless merge leaves it. */
function withInherited<T>(name: string, value: unknown, run: () => T): T {
  Object.assign(Object.prototype, { [name]: value });
  try {
    return run();
  } finally {
    Reflect.deleteProperty(Object.prototype, name);
  }
}

const named = ({ name, code }: Readonly<Record<string, unknown>>) => ({
  name: looseText(name),
  code: looseText(code),
});

describe('the objects within an answer', () => {
  it('have no member that was not sent, also where every object inherits it', () => {
    const read = () => [
      looseObject(named)({ code: 'a' }),
      looseObjects(named)([{ code: 'b' }, { code: 'c', name: 'sent' }]),
    ];
    expect(withInherited('name', 'inherited', read)).toEqual([
      { name: null, code: 'a' },
      [
        { name: null, code: 'b' },
        { name: 'sent', code: 'c' },
      ],
    ]);
  });

  it('are read the same in a payment: neither it nor its fees inherit an amount', () => {
    const wire = { id: 'payt_1', status: 'success', fees: { txn_fee: { currency: 'USD' } } };
    const read = () => decodePayment(wire);
    expect(withInherited('amount', 1, read).fees?.txnFee).toEqual({
      amount: null,
      currency: 'USD',
    });
    expect(withInherited('paid_at', '2026-01-01', read).paidAt).toBeNull();
  });
});
