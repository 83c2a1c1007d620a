import { describe, expect, it } from '@jest/globals';
import { ScriptedGateway } from './scripted-gateway.js';
import { scriptedRequest } from './scripted-request.js';
import { RESOURCES } from './scripted-resources.js';

const DOCUMENTS = {
  path: '/api/v1/payouts/{payout_id}/documents',
  prefix: 'doc',
  kind: 'Document',
};

function aGateway() {
  const gateway = new ScriptedGateway([...RESOURCES, DOCUMENTS]);
  return (method: 'GET' | 'POST' | 'PATCH', path: string, sent?: object) => {
    const { pathname, searchParams } = new URL(path, 'https://gateway.test');
    const route = gateway.route(pathname);
    const body = sent && Buffer.from(JSON.stringify(sent));
    const exchange = { method, path, body, headers: {}, timeoutMs: 1, signal: undefined };
    const request = scriptedRequest(exchange, route, searchParams);
    return { request, answer: gateway.answer(request, route) };
  };
}

describe('ScriptedGateway', () => {
  it('creates, gets and lists by a row, each under its parent', () => {
    const call = aGateway();
    const made = call('POST', '/api/v1/payouts/payout_1/documents', {
      name: 'invoice',
      request_id: 'request-1',
    });
    call('POST', '/api/v1/payouts/payout_2/documents', { name: 'other' });
    expect(made.answer).toMatchObject({
      status: 201,
      body: { payout_id: 'payout_1', name: 'invoice', id: expect.stringMatching(/^doc_[a-z]+$/) },
    });
    const id = String(Reflect.get(Object(made.answer?.body), 'id'));
    const one = call('GET', `/api/v1/payouts/payout_1/documents/${id}`);
    expect(one.request).toMatchObject({ path: `${DOCUMENTS.path}/{id}`, id });
    expect(one.answer).toEqual({ body: made.answer?.body });
    expect(call('GET', `/api/v1/payouts/payout_2/documents/${id}`).answer).toMatchObject({
      status: 404,
      body: { message: 'Document not found' },
    });
    expect(call('GET', '/api/v1/payouts/payout_1/documents').answer).toMatchObject({
      body: { data: [{ id }], page_meta: { count: 1 } },
    });
    expect(
      call('POST', '/api/v1/payouts/payout_1/documents', { request_id: 'request-1' }).answer,
    ).toMatchObject({
      status: 400,
      body: { message: 'Document already exists for this request_id' },
    });
  });

  it('changes only what its row lets change', () => {
    const call = aGateway();
    const customer = call('POST', '/api/v1/customer', { name: 'John Doe' }).answer;
    const id = String(Reflect.get(Object(customer?.body), 'id'));
    expect(call('PATCH', `/api/v1/customer/${id}`, { name: 'Jane Roe' }).answer).toMatchObject({
      body: { id, name: 'Jane Roe' },
    });
    expect(call('PATCH', '/api/v1/customer/cust_none', {}).answer).toMatchObject({ status: 404 });
    expect(call('PATCH', '/api/v1/orders/order_1', {}).answer).toBeUndefined();
    expect(call('PATCH', '/api/v1/customer', {}).answer).toBeUndefined();
  });

  it.each([
    ['/api/v1/refunds/refund_1', '/api/v1/refunds/{id}', 'refund_1'],
    ['/api/v1/refunds', '/api/v1/refunds', undefined],
    ['/api/v1/payment/payt_1', '/api/v1/payment/{id}', 'payt_1'],
    ['/api/v1/a/a_1/b/b_1', '/api/v1/a/{id}/b/{id}', 'b_1'],
    ['/api/v1/payment_links', '/api/v1/payment_links', undefined],
  ])('names the ids of %s', (path, template, id) => {
    expect(aGateway()('GET', path).request).toMatchObject({ path: template, id });
  });

  it('refunds a payment that has succeeded, and lets a bank end it', () => {
    const gateway = new ScriptedGateway();
    const call = (method: 'GET' | 'POST', path: string, sent?: object) => {
      const route = gateway.route(path);
      const body = sent && Buffer.from(JSON.stringify(sent));
      const exchange = { method, path, body, headers: {}, timeoutMs: 1, signal: undefined };
      return gateway.answer(scriptedRequest(exchange, route, new URLSearchParams()), route);
    };
    const idOf = (answer: ReturnType<typeof call>, name = 'id') =>
      String(Reflect.get(Object(answer?.body), name));
    const order = idOf(call('POST', '/api/v1/orders', { amount: 1000, currency: 'USD' }));
    const paid = call('POST', '/api/v1/payments', { order_id: order, card: {} });
    const payment_id = idOf(paid, 'payment_id');
    const refund = { payment_id, reason: 'Others', amount: 400, request_id: 'r-1' };
    expect(call('POST', '/api/v1/refunds', refund)).toMatchObject({ status: 400 });
    gateway.complete(payment_id, 'approve');
    const made = call('POST', '/api/v1/refunds', refund);
    expect(made).toMatchObject({
      status: 202,
      body: { status: 'in_progress', amount: 400, currency: 'USD', partial_refund: true },
    });
    expect(call('POST', '/api/v1/refunds', refund)).toMatchObject({
      body: { message: 'Refund already exists for this request_id' },
    });
    expect(gateway.complete(idOf(made), 'approve')).toMatchObject({
      status: 'success',
      utr: expect.any(String),
    });
    expect(() => gateway.complete(idOf(made), 'decline')).toThrow('The refund is final');
    expect(() => gateway.complete('order_1', 'approve')).toThrow('no payment and no refund');
  });

  it('leaves what is in no row to the script', () => {
    expect(aGateway()('GET', '/api/v1/payouts').answer).toBeUndefined();
  });
});
