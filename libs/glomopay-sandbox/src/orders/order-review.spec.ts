import { describe, expect, it } from '@jest/globals';
import { aPayment, anOrder, badRequest, read, useSandbox } from '../../test/client.js';

const client = useSandbox({ account: { orderReview: true } });

async function reviewed() {
  const answer = await client().post('/api/v1/orders', anOrder(client().sandbox));
  const id = read(answer.json, 'id');
  const requirement = read(answer.json, 'rfi_documents', '0', 'rfi_doc_id');
  const respond = (path: string, document: object) =>
    client().call('PATCH', `/api/v1/${path}`, { documents: [document] });
  return { answer, id, requirement, respond };
}

describe('an order under review', () => {
  it('waits for a passport, and is active five seconds after it has come', async () => {
    const { answer, id, requirement, respond } = await reviewed();
    const { sandbox } = client();
    expect(answer.json).toMatchObject({
      status: 'action_required',
      rfi_documents: [{ name: 'Passport' }],
    });
    const sent = await respond(`orders/${id}/update-rfi`, { id: 'doc_1', rfi_doc_id: requirement });
    expect([sent.status, sent.json]).toMatchObject([200, { id, status: 'under_review' }]);
    expect(sent.json).not.toHaveProperty('rfi_documents');
    await sandbox.clock.advance(5000);
    expect(sandbox.orders.get(id)?.status).toBe('active');
    expect(sandbox.webhooks.events().map(({ type }) => type)).toEqual([
      'orders.under_review',
      'orders.action_required',
    ]);
  });

  it('refuses another answer in the words of the gateway', async () => {
    const { id, requirement, respond } = await reviewed();
    const path = `orders/${id}/update-rfi`;
    const refused = badRequest('Invalid rfi_doc_id or order not in action_required status');
    expect((await respond(path, { id: 'doc_1', rfi_doc_id: 'rfidoc_1' })).json).toEqual(refused);
    await respond(path, { id: 'doc_1', rfi_doc_id: requirement });
    expect((await respond(path, { id: 'doc_1', rfi_doc_id: requirement })).json).toEqual(refused);
  });

  it('takes no payment', async () => {
    const { id } = await reviewed();
    const answer = await client().post('/api/v1/payments', aPayment(id));
    expect(answer.json).toEqual(badRequest('Order is not active'));
  });

  it('raises no RFI for a used request_id', async () => {
    const order = anOrder(client().sandbox, { request_id: 'once' });
    client().sandbox.account.duplicateCheckLast = true;
    await client().post('/api/v1/orders', order);
    expect((await client().post('/api/v1/orders', order)).status).toBe(400);
    expect(client().sandbox.rfis.list()).toHaveLength(1);
  });

  it('is asked again, rejected or approved by a test', async () => {
    const { id, requirement, respond } = await reviewed();
    const { sandbox } = client();
    await respond(`orders/${id}/update-rfi`, { id: 'doc_1', rfi_doc_id: requirement });
    const [rfi] = sandbox.rfis.list();
    const review = (outcome: string) =>
      client().post(`/_sandbox/rfis/${rfi?.id}/review`, { outcome }, { key: null });
    expect((await review('perhaps')).status).toBe(400);
    expect((await review('ask_again')).json).toMatchObject({ status: 'action_required' });
    expect(sandbox.orders.get(id)).toMatchObject({ status: 'action_required' });
    expect((await review('reject')).json).toEqual(badRequest('Rfi is not under review'));
    const asked = sandbox.orders.get(id)?.rfi_documents?.[0]?.rfi_doc_id;
    await respond(`orders/${id}/update-rfi`, { id: 'doc_1', rfi_doc_id: asked });
    expect((await review('reject')).status).toBe(200);
    expect(sandbox.orders.get(id)?.status).toBe('failed');
  });
});

describe('/rfis', () => {
  it('answers what the order asked for', async () => {
    const { id, requirement, respond } = await reviewed();
    const [rfi] = client().sandbox.rfis.list();
    const path = `rfis/${rfi?.id}/respond`;
    const sent = await respond(path, { doc_id: 'doc_1', rfi_doc_id: requirement });
    expect([sent.status, sent.json]).toMatchObject([200, { status: 'under_review' }]);
    expect(client().sandbox.orders.get(id)?.status).toBe('under_review');
  });

  it.each([
    ["Validation failed: Documents can't be blank", undefined],
    ["Validation failed: Documents can't be blank", []],
    ['Validation failed: Documents is invalid', ['doc_1']],
    ['Validation failed: Documents is invalid', { 0: {} }],
    [
      "Validation failed: Documents rfi doc id can't be blank, Documents doc id is invalid",
      [{ doc_id: 'order_1' }],
    ],
    [
      'Validation failed: Documents contains an unknown field',
      [{ doc_id: 'doc_1', rfi_doc_id: 'rfidoc_1', id: 'doc_1' }],
    ],
  ])('says %j', async (message, documents: unknown) => {
    await reviewed();
    const [rfi] = client().sandbox.rfis.list();
    const path = `/api/v1/rfis/${rfi?.id}/respond`;
    const answer = await client().call('PATCH', path, { documents });
    expect(answer.json).toEqual(badRequest(message));
  });

  it('knows ids: another kind is 400, an unknown one 404', async () => {
    const respond = (id: string) => client().call('PATCH', `/api/v1/rfis/${id}/respond`, {});
    expect((await respond('order_1')).json).toEqual(badRequest("Id must start with 'rfi_'"));
    expect((await respond('rfi_1')).json).toEqual({ error: 'Not Found', message: 'Rfi not found' });
  });
});
