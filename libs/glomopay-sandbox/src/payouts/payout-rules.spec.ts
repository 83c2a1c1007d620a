import { describe, expect, it } from '@jest/globals';
import { badRequest, read, useSandbox } from '../../test/client.js';
import { aPayee, beneficiary, payoutsOf } from '../../test/payouts.js';

const client = useSandbox({ openingBalance: 10_000_000 });
const { create, get, mock } = payoutsOf(client);
const PATH = '/api/v1/payouts';

const bank = (bank_account: object) => ({ bank_account });

describe('A rail', () => {
  it.each([
    ['upi', 'INR', { upi_account: { upi_id: 'acme@bank' } }],
    ['rtgs', 'INR', bank({ account_number: '1', currency: 'INR', local_routing_number: 'H' })],
    ['ipp', 'AED', bank({ account_number: 'AE070331234567890123456', currency: 'AED' })],
    ['fts', 'AED', bank({ account_number: 'AE070331234567890123456', currency: 'AED' })],
    ['sepa', 'EUR', bank({ account_number: 'DE89370400440532013000', currency: 'EUR' })],
    ['fps', 'GBP', bank({ account_number: '2', currency: 'GBP', local_routing_number: '203002' })],
    ['npp', 'AUD', bank({ account_number: '3', currency: 'AUD', local_routing_number: '082001' })],
    ['swift', 'SGD', bank({ account_number: '4', currency: 'SGD', swift_code: 'DBSSSGSG' })],
  ])('%s leads to %s, for somebody who has what it needs', async (rail, currency, account) => {
    const payee = await beneficiary(client(), account);
    const to = { payment_rail: rail, destination_currency: currency };
    expect((await create(payee, to)).json).toMatchObject({ status: 'in_progress', ...to });
    const elsewhere = await create(await aPayee(client()), to);
    const other = rail === 'rtgs' ? 201 : 400;
    expect(elsewhere.status).toBe(other);
  });

  it('fps needs a sort code: an IBAN is not enough', async () => {
    const account_number = 'GB29NWBK60161331926819';
    const payee = await beneficiary(
      client(),
      bank({ account_number, currency: 'GBP', swift_code: 'NWBKGB2L' }),
    );
    const paid = (payment_rail: string) =>
      create(payee, { payment_rail, destination_currency: 'GBP' });
    expect((await paid('fps')).json).toEqual(badRequest('No rails available for this beneficiary'));
    expect((await paid('swift')).status).toBe(201);
  });

  it('ipp takes 50,000 dirhams, and not a fils more', async () => {
    const payee = await beneficiary(
      client(),
      bank({ account_number: 'AE070331234567890123456', currency: 'AED' }),
    );
    const by = (payment_rail: string, destination_amount: number) =>
      create(payee, {
        payment_rail,
        destination_amount,
        source_amount: undefined,
        destination_currency: 'AED',
      });
    expect((await by('ipp', 5_000_000)).status).toBe(201);
    expect((await by('ipp', 5_000_001)).json).toEqual(
      badRequest('Amount exceeds maximum limit of ipp'),
    );
    expect((await by('fts', 5_000_001)).status).toBe(201);
  });

  it('needs a payee of payouts that is active', async () => {
    const { sandbox } = client();
    sandbox.account.beneficiaryReview = true;
    const payee = await aPayee(client());
    expect((await create(payee)).json).toEqual(badRequest('Beneficiary verification is pending'));
    const review = (id: string, review_action: string) =>
      client().call('PATCH', `/api/v2/beneficiaries/${id}/mock-review`, { review_action });
    await review(payee, 'approve');
    expect((await create(payee)).status).toBe(201);
    const rejected = await aPayee(client());
    await review(rejected, 'reject');
    expect((await create(rejected)).json).toEqual(badRequest('Beneficiary has been rejected'));
    sandbox.account.beneficiaryReview = false;
    const remitted = await beneficiary(client(), {
      category: 'lrs',
      ...bank({ account_number: '5', currency: 'INR', name: 'B', local_routing_number: 'H' }),
    });
    expect((await create(remitted)).json).toEqual(
      badRequest('No rails available for this beneficiary'),
    );
  });
});

describe('A quote', () => {
  const quote = async (rail: string, change: object = {}): Promise<string> => {
    await client().post('/api/v1/quotes', {
      resource: 'payout',
      source_currency: 'USD',
      destination_currency: 'INR',
      source_amount: 1_000,
      payment_method: { type: 'bank_transfer', subtype: 'local_transfer' },
      ...change,
    });
    const { quotes } = client().sandbox;
    return quotes.list().find(({ method }) => (method.payment_rail ?? 'none') === rail)?.id ?? '';
  };
  const use = (beneficiary_id: string, quote_id: string, change: object = {}) =>
    client().post(PATH, { beneficiary_id, quote_id, purpose_code: 'S0802', ...change });

  it('fixes amounts, rate and rail', async () => {
    const id = await quote('imps');
    client().sandbox.rates.set('USD', 'INR', 1);
    const { json } = await use(await aPayee(client()), id);
    expect(json).toMatchObject({
      quote_id: id,
      payment_rail: 'imps',
      source_amount: 1_000,
      destination_amount: 86_240,
      mid_market_rate: { currency: 'INR', rate: 88 },
      fees: { fx_fee: { amount: 10 }, txn_fee: { amount: 10 } },
    });
  });

  it.each([
    ['source_amount', 5],
    ['destination_amount', 5],
    ['source_currency', 'USD'],
    ['destination_currency', 'INR'],
    ['payment_rail', 'imps'],
  ])('forbids %s', async (name, value) => {
    const answer = await use(await aPayee(client()), await quote('imps'), { [name]: value });
    expect(answer.json).toEqual(badRequest(`${name} cannot be specified when quote_id is present`));
  });

  it('is used once, which is noticed before the request_id', async () => {
    const payee = await aPayee(client());
    const id = await quote('imps');
    expect((await use(payee, id, { request_id: 'r' })).status).toBe(201);
    expect((await use(payee, id, { request_id: 'r' })).json).toEqual(
      badRequest('quote_id has already been used'),
    );
    const failed = client().sandbox.payouts.list()[0]?.id ?? '';
    await mock(failed, 'failed');
    expect((await use(payee, id)).json).toEqual(badRequest('quote_id has already been used'));
  });

  it('is of no use to two payouts at once', async () => {
    const payee = await aPayee(client());
    const id = await quote('imps');
    const answers = await Promise.all([use(payee, id), use(payee, id), use(payee, id)]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 400, 400]);
  });

  it('ends after thirty minutes', async () => {
    const payee = await aPayee(client());
    const id = await quote('imps');
    await client().sandbox.clock.advance(30 * 60_000);
    expect((await use(payee, id)).json).toEqual(badRequest('quote_id has expired'));
  });

  it.each([
    ['quote_id not found', 'quote_none'],
    ['Validation failed: Quote id is invalid', 'order_1'],
  ])('is refused with "%s"', async (message, id) => {
    expect((await use(await aPayee(client()), id)).json).toEqual(badRequest(message));
  });

  it('of a payin, or by a rail that the payee does not have, is refused', async () => {
    const payee = await aPayee(client());
    const payin = await quote('none', { resource: 'payin', destination_currency: 'USD' });
    expect((await use(payee, payin)).json).toEqual(badRequest('Quote is not a payout quote'));
    const incompatible = badRequest('Quote is not compatible with the selected beneficiary');
    const unpaid = await quote('upi');
    expect((await use(payee, unpaid)).json).toEqual(incompatible);
    expect(
      (await use(await beneficiary(client(), { upi_account: { upi_id: 'a@b' } }), unpaid)).status,
    ).toBe(201);
  });
});

describe('GET /payouts', () => {
  it('filters by beneficiary and status, and pages', async () => {
    const [one, two] = [await aPayee(client()), await aPayee(client())];
    const first = read((await create(one)).json, 'id');
    await create(two);
    await create(two);
    await mock(first, 'success');
    const ids = async (query: string) => (await client().get(`${PATH}?${query}`)).json;
    expect(await ids(`beneficiary_id=${one}`)).toMatchObject({ data: [{ id: first }] });
    expect(await ids('status=success')).toMatchObject({ data: [{ id: first }] });
    expect(await ids('status=queued')).toMatchObject({ data: [] });
    expect(await ids('per_page=2&page=2')).toMatchObject({
      data: [{ id: first }],
      page_meta: { current: 2, previous: 1, next: null, per_page: 2, pages: 2, count: 3 },
    });
    expect(await ids('per_page=101')).toMatchObject({ page_meta: { per_page: 100 } });
  });

  it.each(['status=paid', 'page=0', 'per_page=0', 'per_page=-1', 'page=x', 'before=x', 'amount=1'])(
    'refuses %s',
    async (query) => {
      expect((await client().get(`${PATH}?${query}`)).status).toBe(400);
    },
  );

  it('knows ids of other kinds from unknown ones', async () => {
    expect((await get('refund_1')).json).toEqual(badRequest("Id must start with 'payout_'"));
    expect((await get('payout_none')).json).toEqual({
      error: 'Not Found',
      message: 'Payout not found',
    });
    expect((await client().call('PATCH', `${PATH}/order_1/cancel`)).status).toBe(400);
    expect((await client().call('PATCH', `${PATH}/payout_none/cancel`)).status).toBe(404);
  });
});

describe('A sandbox of production', () => {
  const production = useSandbox({ environment: 'production' });

  it('mocks no payout', async () => {
    const body = { id: 'payout_1', status: 'success' };
    expect((await production().call('PATCH', `${PATH}/mock`, body)).status).toBe(404);
  });
});
