import { describe, expect, it } from '@jest/globals';
import { pathTemplate } from '../../http/operation.js';
import { rawPath } from './raw-path.js';

describe('rawPath', () => {
  it.each([
    ['/api/v1/orders', '/api/v1/orders'],
    ['/api/v1/balance_conversions', '/api/v1/balance_conversions'],
    ['/api/v1/orders/order_68c00b7btsthf', '/api/v1/orders/{id}'],
    ['/api/v1/refunds/refund_abcdefgh/update_rfi', '/api/v1/refunds/{id}/update_rfi'],
    ['/api/v2/beneficiaries/bene_1/mock-review', '/api/v2/beneficiaries/{id}/mock-review'],
    ['/api/v1/platform/merchants/status-update', '/api/v1/platform/merchants/status-update'],
    ['/api/v1/payin/payin_abcdef', '/api/v1/payin/{id}'],
    ['/api/v1/payouts/pout_abcdef', '/api/v1/payouts/{id}'],
    ['/api/v1/things/inttransfer_6a8fd80eo6coZ', '/api/v1/things/{id}'],
    ['/api/v1/things/UPPER', '/api/v1/things/{id}'],
    ['/api/v1/things/12345', '/api/v1/things/{id}'],
    ['/api/v1/things/_', '/api/v1/things/{id}'],
    ['/api/v1/things/IXQPK8942E', '/api/v1/things/{id}'],
    [`/api/v1/things/${'a'.repeat(25)}`, '/api/v1/things/{id}'],
    ['/api/v1/cust_abc/constructor/__proto__', '/api/v1/{id}/constructor/{id}'],
  ])('shows %s as %s', (path, shown) => {
    const read = rawPath(path);
    expect(read && pathTemplate({ method: 'GET', path: read.template })).toBe(shown);
  });

  it('keeps what it does not show', () => {
    expect(rawPath('/api/v1/a/b_1/c/D')?.places).toEqual({ segment1: 'b_1', segment3: 'D' });
  });
});
