import { describe, expect, it } from '@jest/globals';
import { checkedId } from '../wire/checked-id.js';
import { pathOf, subjectId } from './gateway-call.js';
import { operationName, type Operation } from './operation.js';

const nested: Operation = {
  method: 'GET',
  path: '/api/v1/customer/{customerId}/orders/{orderId}',
};
const ids = { customerId: checkedId('customer', 'cust_1'), orderId: checkedId('order', 'order_2') };

describe('the path of a call', () => {
  it('has each id in the place of its name', () => {
    const query = { page: 2, status: undefined, before: '2026-01-01' };
    expect(pathOf({ operation: nested, ids, query })).toBe(
      '/api/v1/customer/cust_1/orders/order_2?page=2&before=2026-01-01',
    );
  });

  it('cannot be built while an id is missing', () => {
    const { customerId } = ids;
    expect(() => pathOf({ operation: nested, ids: { customerId } })).toThrow(/\{orderId\}/);
    expect(() => pathOf({ operation: nested })).toThrow(TypeError);
  });

  it('is shown without ids and without the names of their places', () => {
    expect(operationName(nested)).toBe('GET /api/v1/customer/{id}/orders/{id}');
  });

  it('is about its innermost object', () => {
    expect(subjectId({ ids })).toBe('order_2');
    expect(subjectId({})).toBeUndefined();
  });
});
