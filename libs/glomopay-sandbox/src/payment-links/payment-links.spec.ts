import { describe, expect, it } from '@jest/globals';
import { badRequest, read, useSandbox } from '../../test/client.js';
import { newAccount } from '../account.js';

const client = useSandbox();
const inAWeek = (): string => new Date(Date.now() + 7 * 86_400_000).toISOString();

const create = (change: object = {}) =>
  client().post('/api/v1/payin', {
    customer_id: client().sandbox.demoCustomerId,
    amount: 1000,
    currency: 'USD',
    expires_at: inAWeek(),
    ...change,
  });

const patch = (path: string, body?: object) =>
  client().call('PATCH', `/api/v1/payin/${path}`, body ?? {});

describe('POST /payin', () => {
  it('ignores a request_id: two creates make two links', async () => {
    const [first, second] = [await create({ request_id: 'r' }), await create({ request_id: 'r' })];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(read(first.json, 'id')).not.toBe(read(second.json, 'id'));
    expect(second.json).not.toHaveProperty('request_id');
  });

  it.each([
    ["Validation failed: Expires at can't be blank", { expires_at: undefined }],
    ['Validation failed: Expires at is invalid', { expires_at: 'soon' }],
    ['Validation failed: Expires at must be in the future', { expires_at: '2020-01-01' }],
    [
      'Validation failed: Expires at cannot be more than 6 months from now',
      { expires_at: '2999-01-01' },
    ],
    [
      'Validation failed: Reminder frequency is not included in the list',
      { reminder_frequency: 3 },
    ],
    ['Reminder frequency must be an integer', { reminder_frequency: '7' }],
    ['Validation failed: Notify customer is invalid', { notify_customer: 'no' }],
    [
      'Validation failed: Payment methods is not included in the list',
      { payment_methods: ['upi'] },
    ],
    ['Currency not supported', { currency: 'INR' }],
    ['amount cannot be specified when quote_id is present', { quote_id: 'quote_1' }],
    [
      'expires_at cannot be specified when quote_id is present',
      { quote_id: 'quote_1', amount: undefined, currency: undefined },
    ],
    [
      'quote_id not found',
      { quote_id: 'quote_1', amount: undefined, currency: undefined, expires_at: undefined },
    ],
    ['price_id not found', { price_id: 'price_1' }],
    ['Validation failed: Request contains an unknown field', { requestid: 'r' }],
  ])('refuses with "%s" %j', async (message, change) => {
    const answer = await create(change);
    expect([answer.status, answer.json]).toEqual([400, badRequest(message)]);
    expect(client().sandbox.paymentLinks.list()).toEqual([]);
  });

  it('tells nothing of what it keeps to itself', async () => {
    const { json } = await create();
    expect(Object.keys(Object(json))).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(token|url|quote|link)$/)]),
    );
  });
});

describe('a call on one link', () => {
  it('goes to update-rfi with a hyphen only', async () => {
    const id = read((await create()).json, 'id');
    expect((await patch(`${id}/update_rfi`, { documents: [] })).status).toBe(404);
    expect((await patch(`${id}/update-rfi`, { documents: [] })).status).toBe(400);
    expect((await patch('order_1/cancel')).json).toEqual(badRequest("Id must start with 'plink_'"));
  });

  it('mocks a review of what is under review alone', async () => {
    const id = read((await create()).json, 'id');
    const answer = await patch(`${id}/mock_mark_reviewed`);
    expect([answer.status, answer.json]).toEqual([
      400,
      { message: 'Payment link is not under review.' },
    ]);
  });

  it('does not undo a mocked review when the documents are approved afterwards, or rejected', async () => {
    const { sandbox } = client();
    sandbox.account.linkStatus = 'action_required';
    const { json } = await create();
    const id = read(json, 'id');
    const rfiDocId = read(json, 'rfi_documents', '0', 'rfi_doc_id');
    const documents = [{ id: 'doc_1', rfi_doc_id: rfiDocId }];
    expect((await patch(`${id}/update-rfi`, { documents })).status).toBe(200);
    expect((await patch(`${id}/mock_mark_reviewed`)).json).toMatchObject({ status: 'active' });
    sandbox.payLink(id);
    await sandbox.clock.advance(60_000);
    expect(sandbox.paymentLinks.get(id)?.status).toBe('paid');
  });

  it('is paid over the control routes, by its id', async () => {
    const id = read((await create()).json, 'id');
    const pay = (body: object) =>
      client().post(`/_sandbox/payment-links/${id}/pay`, body, { key: null });
    expect((await pay({ outcome: 'decline' })).status).toBe(200);
    const paid = await pay({ outcome: 'approve' });
    expect(client().sandbox.payments.get(read(paid.json, 'payment_id'))).toMatchObject({
      payin_id: id,
      payin_type: 'payment_link',
      status: 'success',
    });
    expect((await pay({ outcome: 'approve' })).status).toBe(400);
  });
});

describe('the page of a link', () => {
  it.each(['', 'plink_1', '%3Cscript%3E', '00000000-0000-0000-0000-000000000000'])(
    'is none at %j',
    async (token) => {
      await create();
      expect((await client().get(`/payment-links/${token}`, { key: null })).status).toBe(404);
    },
  );

  it('is told to nobody while the link is reviewed', async () => {
    client().sandbox.account.linkStatus = 'under_review';
    const { json } = await create();
    expect(json).toMatchObject({ payment_link: null, status: 'under_review' });
  });

  it('cannot be framed, and is in the list of the dashboard', async () => {
    const { json } = await create({ reference_number: 'R-77' });
    const page = read(json, 'payment_link');
    const { headers } = await client().get(new URL(page).pathname, { key: null });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    const { text } = await client().get('/', { key: null });
    expect(text).toContain('R-77');
  });
});

describe('account.linkStatus', () => {
  it.each(['paid', '', true, null])('is not %j', (linkStatus) => {
    expect(() => newAccount({ linkStatus } as object)).toThrow(TypeError);
  });
});

describe('with a key of production', () => {
  const production = useSandbox({ environment: 'production' });

  it('no review is mocked', async () => {
    const answer = await production().call('PATCH', '/api/v1/payin/plink_1/mock_mark_reviewed', {});
    expect(answer.status).toBe(404);
    expect(JSON.stringify(answer.json)).not.toContain('Payment link not found');
  });
});
