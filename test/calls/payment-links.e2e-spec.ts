import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  CreatePaymentLinkDto,
  PaymentLinksService,
  PricesService,
  UpdatePaymentLinkDto,
  type CreatePaymentLinkInput,
} from 'nestjs-glomopay';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';

const POST = 'POST /api/v1/payin';
const DAY_MS = 86_400_000;

let sandbox: GlomopaySandbox;
let library: OpenLibrary;
let links: PaymentLinksService;

beforeEach(async () => {
  sandbox = await GlomopaySandbox.start();
  library = await openLibrary(sandbox.url, { options: { secretKey: sandbox.secretKey } });
  links = library.module.get(PaymentLinksService);
});
afterEach(async () => {
  await library.close();
  await sandbox.stop();
});

const inDays = (days: number): string =>
  new Date(sandbox.clock.now() + days * DAY_MS).toISOString();

function aLink(change: object = {}): CreatePaymentLinkInput {
  return {
    customerId: sandbox.demoCustomerId,
    amount: 1000,
    currency: 'USD',
    expiresAt: inDays(7),
    ...change,
  } as CreatePaymentLinkInput;
}

/** The oldest first. */
const told = (): string[] =>
  sandbox.webhooks
    .events()
    .map(({ type }) => type)
    .toReversed();

describe('a payment link', () => {
  it('is given as the gateway recorded it, and found in lists', async () => {
    const expiresAt = inDays(7);
    const link = await links.create(
      aLink({
        expiresAt,
        purposeCode: 'P0802',
        referenceNumber: 'R-1',
        reminderFrequency: 7,
        notifyCustomer: false,
        product: { name: 'Rail pass' },
        notes: { branch: 'north' },
        bankAccountDetails: { accountNumber: '5550001234', bicPrimary: 'HILLINBBXXX' },
      }),
    );
    expect(link).toMatchObject({
      replayed: false,
      customerId: sandbox.demoCustomerId,
      status: 'active',
      amount: 1000,
      currency: 'USD',
      expiresAt,
      purposeCode: 'P0802',
      referenceNumber: 'R-1',
      reminderFrequency: 7,
      lastReminderSentAt: null,
      product: { name: 'Rail pass' },
      bankAccountDetails: { accountNumber: '5550001234', bicPrimary: 'HILLINBBXXX' },
      rfiDocuments: [],
    });
    expect(link.paymentLink).toMatch(new RegExp(`^${sandbox.url}/payment-links/[0-9a-f-]{36}$`));
    const { replayed: _, ...recorded } = link;
    expect(await links.get(link.id)).toEqual(recorded);
    const filter = { customerId: link.customerId, status: 'active' } as const;
    expect((await links.list(filter)).data).toEqual([recorded]);
    expect((await links.list({ status: 'expired' })).data).toEqual([]);
  });

  it('is made of an instance of the request class as of a plain object', async () => {
    const link = Object.assign(new CreatePaymentLinkDto(), aLink());
    expect(await links.create(link)).toMatchObject({ status: 'active', amount: 1000 });
  });

  it('is paid at its page, after the bank was asked, and tells so once', async () => {
    const { id, paymentLink } = await links.create(aLink({ product: { name: '<b>Pass</b>' } }));
    const page = String(paymentLink);
    const shown = await (await fetch(page)).text();
    expect(shown).toContain('&#60;b&#62;Pass');
    const left = await fetch(page, {
      method: 'POST',
      body: 'method=card',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      redirect: 'manual',
    });
    expect(left.status).toBe(303);
    const [payment] = (await library.payments.list({ payinId: id })).data;
    expect(payment).toMatchObject({ status: 'in_progress', payinType: 'payment_link' });
    expect((await links.get(id)).status).toBe('active');

    const back = new URL(sandbox.completePayment(payment?.id ?? '', 'approve'));
    expect(await (await fetch(back)).text()).toContain('has been paid');
    expect((await links.get(id)).status).toBe('paid');
    expect(told()).toEqual(['payment.success', 'payment_link.paid']);
    const again = await fetch(page, { method: 'POST', redirect: 'manual' });
    expect(again.status).toBe(409);
    expect((await library.payments.list({ payinId: id })).data).toHaveLength(1);
  });

  it('stays active when the bank declines, and can be paid then', async () => {
    const { id } = await links.create(aLink());
    sandbox.payLink(id, 'decline');
    expect((await links.get(id)).status).toBe('active');
    sandbox.payLink(id);
    expect((await links.get(id)).status).toBe('paid');
    expect(() => sandbox.payLink(id)).toThrow('takes no card');
  });

  it('expires at its moment, and may still be paid by what was under way', async () => {
    const { id, paymentLink } = await links.create(aLink());
    await fetch(String(paymentLink), { method: 'POST', redirect: 'manual' });
    const [payment] = (await library.payments.list({ payinId: id })).data;
    await sandbox.clock.advance(7 * DAY_MS);
    expect((await links.get(id)).status).toBe('expired');
    expect(() => sandbox.payLink(id)).toThrow('takes no card');
    sandbox.completePayment(payment?.id ?? '', 'approve');
    expect((await links.get(id)).status).toBe('paid');
    expect(told()).toEqual(['payment_link.expired', 'payment.success', 'payment_link.paid']);
  });

  it('offers what is set up on the account, and ignores the rest', async () => {
    sandbox.account.paymentMethods = ['card'];
    const link = await links.create(aLink({ paymentMethods: ['card', 'bank_transfer'] }));
    expect(link.paymentMethods).toEqual(['card']);
  });

  it('has the price it names, which must be there', async () => {
    const prices = library.module.get(PricesService);
    const price = await prices.create({ pricingType: 'percentage', bps: 1000 });
    expect((await links.create(aLink({ priceId: price.id }))).priceId).toBe(price.id);
    expect(await failureOf(links.create(aLink({ priceId: 'price_unknown' })))).toMatchObject({
      gatewayMessage: 'price_id not found',
    });
  });

  it.each([
    [
      'in the past',
      { expiresAt: '2020-01-01' },
      'Validation failed: Expires at must be in the future',
    ],
    [
      'in seven months',
      { expiresAt: new Date(Date.now() + 215 * DAY_MS).toISOString() },
      'Validation failed: Expires at cannot be more than 6 months from now',
    ],
    ['of an unknown customer', { customerId: 'cust_unknown' }, 'Customer not found'],
  ])('%s is the gateway’s to refuse', async (_, change, gatewayMessage) => {
    const thrown = await failureOf(links.create(aLink(change)));
    expect(thrown).toMatchObject({ outcome: 'rejected', gatewayMessage });
    expect(sandbox.requests.count(POST)).toBe(1);
  });

  it.each<[string, string, object]>([
    ['no amount', 'amount', { amount: undefined }],
    ['no expiry', 'expiresAt', { expiresAt: undefined }],
    ['an amount beside a quote', 'amount', { quoteId: 'quote_1' }],
    ['an expiry beside a quote', 'expiresAt', { quoteId: 'quote_1' }],
    ['a week for a time', 'expiresAt', { expiresAt: '2026-W10' }],
    ['a currency that is not collected', 'currency', { currency: 'INR' }],
    ['no way to pay', 'paymentMethods', { paymentMethods: [] }],
    ['another way to pay', 'paymentMethods', { paymentMethods: ['upi'] }],
    ['reminders every third day', 'reminderFrequency', { reminderFrequency: 3 }],
    ['an invoice below the amount', 'invoiceAmount', { invoiceAmount: 999 }],
    ['an order for a customer', 'customerId', { customerId: 'order_1' }],
    ['a code of another form', 'purposeCode', { purposeCode: 'p0802' }],
  ])('with %s breaks a rule, and nothing is sent', async (_, path, change) => {
    expect(await failureOf(links.create(aLink(change)))).toMatchObject({
      code: 'GLOMOPAY_VALIDATION',
      violations: expect.arrayContaining([expect.objectContaining({ path })]),
    });
    expect(sandbox.requests.count(POST)).toBe(0);
  });

  it('keeps the account number out of what the gateway says', async () => {
    const accountNumber = '5550001234';
    const details = { accountNumber, bicPrimary: 'HILLINBBXXX' };
    const thrown = await failureOf(
      links.create(aLink({ bankAccountDetails: details, customerId: 'cust_unknown' })),
    );
    expect(JSON.stringify({ ...thrown, message: thrown.message })).not.toContain(accountNumber);
  });
});

describe('a create whose answer gets lost', () => {
  it('is found by its reference, and never sent twice', async () => {
    sandbox.faults.next(POST, 'drop-after-commit');
    const link = await links.create(aLink({ referenceNumber: 'R-1' }));
    expect(link).toMatchObject({ replayed: true, referenceNumber: 'R-1' });
    expect(sandbox.paymentLinks.list().map(({ id }) => id)).toEqual([link.id]);
    expect(sandbox.requests.count(POST)).toBe(1);
  });

  it('is unknown where none is found, and is still not sent again', async () => {
    sandbox.faults.next(POST, 'reset-before-processing');
    const thrown = await failureOf(links.create(aLink({ referenceNumber: 'R-1' })));
    expect(thrown).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      attempts: 1,
      advice: expect.stringMatching(/^List the payment links of the customer created since \d{4}-/),
    });
    expect(sandbox.paymentLinks.list()).toEqual([]);
    expect(sandbox.requests.count(POST)).toBe(1);
  });

  it('is unknown where two have its reference', async () => {
    await links.create(aLink({ referenceNumber: 'R-1' }));
    sandbox.faults.next(POST, 'drop-after-commit');
    const thrown = await failureOf(links.create(aLink({ referenceNumber: 'R-1' })));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    expect(sandbox.paymentLinks.list()).toHaveLength(2);
  });

  it.each([
    ['amount', { amount: 999 }],
    ['currency', { currency: 'EUR' }],
    ['reference', { referenceNumber: 'R-2' }],
  ])('is not taken for one of another %s', async (_, change) => {
    await links.create(aLink({ referenceNumber: 'R-1', ...change }));
    sandbox.faults.next(POST, 'reset-before-processing');
    const thrown = await failureOf(links.create(aLink({ referenceNumber: 'R-1' })));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
  });

  it('without a reference is unknown at once, and nothing is looked for', async () => {
    sandbox.faults.next(POST, 'drop-after-commit');
    const thrown = await failureOf(links.create(aLink()));
    expect(thrown).toMatchObject({ code: 'GLOMOPAY_OUTCOME_UNKNOWN' });
    expect(sandbox.requests.count('GET /api/v1/payin')).toBe(0);
    expect(sandbox.paymentLinks.list()).toHaveLength(1);
  });
});

describe('a change of a link', () => {
  it('moves its expiry, and the clock goes by the new one', async () => {
    const { id } = await links.create(aLink());
    const changed = await links.update(id, { expiresAt: inDays(30), reminderFrequency: 14 });
    expect(changed.reminderFrequency).toBe(14);
    await sandbox.clock.advance(29 * DAY_MS);
    expect((await links.get(id)).status).toBe('active');
    await sandbox.clock.advance(DAY_MS);
    expect((await links.get(id)).status).toBe('expired');
    expect(await failureOf(links.update(id, { reminderFrequency: 7 }))).toMatchObject({
      outcome: 'rejected',
    });
  });

  it('that arrived without an answer is seen in the link, however the time was written', async () => {
    const { id } = await links.create(aLink());
    const path = `PATCH /api/v1/payin/${id}`;
    const day = inDays(20).slice(0, 10);
    for (let n = 0; n < 3; n += 1) sandbox.faults.next(path, 'drop-after-commit');
    const changed = await links.update(id, { expiresAt: day });
    expect(changed.expiresAt).toBe(`${day}T00:00:00.000Z`);
  });

  it('is refused where it changes nothing', async () => {
    const { id } = await links.create(aLink());
    const before = sandbox.requests.count(`PATCH /api/v1/payin/${id}`);
    expect(await failureOf(links.update(id, new UpdatePaymentLinkDto()))).toMatchObject({
      violations: expect.arrayContaining([
        expect.objectContaining({ path: 'reminderFrequency', rule: 'requiredUnless' }),
      ]),
    });
    expect(sandbox.requests.count(`PATCH /api/v1/payin/${id}`)).toBe(before);
  });

  it('that never arrived is unknown', async () => {
    const { id } = await links.create(aLink());
    const path = `PATCH /api/v1/payin/${id}`;
    for (let n = 0; n < 5; n += 1) sandbox.faults.next(path, 'reset-before-processing');
    expect(await failureOf(links.update(id, { reminderFrequency: 7 }))).toMatchObject({
      code: 'GLOMOPAY_OUTCOME_UNKNOWN',
      advice: expect.stringContaining('Fetch the payment link'),
    });
  });

  it('cancels it for good', async () => {
    const { id } = await links.create(aLink());
    expect((await links.cancel(id)).status).toBe('cancelled');
    expect(() => sandbox.payLink(id)).toThrow('takes no card');
    expect(await failureOf(links.cancel(id))).toMatchObject({ outcome: 'rejected', status: 400 });
    expect(told()).toEqual(['payment_link.cancelled']);
  });

  it('that cancels it without an answer is not refused by its own first sending', async () => {
    const { id } = await links.create(aLink());
    sandbox.faults.next(`PATCH /api/v1/payin/${id}/cancel`, 'drop-after-commit');
    expect((await links.cancel(id)).status).toBe('cancelled');
    expect(told()).toEqual(['payment_link.cancelled']);
  });

  it('does not cancel a link that was paid', async () => {
    const { id } = await links.create(aLink());
    sandbox.payLink(id);
    expect(await failureOf(links.cancel(id))).toMatchObject({ outcome: 'rejected' });
    expect((await links.get(id)).status).toBe('paid');
  });
});

describe('a link that is reviewed', () => {
  it('has no address until it is active', async () => {
    sandbox.account.linkStatus = 'under_review';
    const { id, paymentLink, status } = await links.create(aLink());
    expect([paymentLink, status]).toEqual([null, 'under_review']);
    const reviewed = await fetch(`${sandbox.url}/api/v1/payin/${id}/mock_mark_reviewed`, {
      method: 'PATCH',
      headers: { authorization: `Bearer ${sandbox.secretKey}` },
    });
    expect(reviewed.status).toBe(200);
    expect(await links.get(id)).toMatchObject({
      status: 'active',
      paymentLink: expect.stringContaining('/payment-links/'),
    });
    expect(told()).toEqual(['payment_link.under_review', 'payment_link.active']);
  });

  it('takes the documents it asks for, and is active when they are approved', async () => {
    sandbox.account.linkStatus = 'action_required';
    const { id, rfiDocuments } = await links.create(aLink());
    const rfiDocId = rfiDocuments[0]?.rfiDocId ?? '';
    const answers = [{ rfiDocId, documentId: 'doc_nYUqLpuYQ0M8' }];
    const wrong = [{ rfiDocId: 'rfidoc_unknown', documentId: 'doc_nYUqLpuYQ0M8' }];
    const refusal = {
      outcome: 'rejected',
      gatewayMessage: 'Invalid rfi_doc_id or payment link not in action_required status',
    };
    expect(await failureOf(links.submitRfi(id, wrong))).toMatchObject(refusal);
    expect(await failureOf(links.submitRfi(id, []))).toMatchObject({ code: 'GLOMOPAY_VALIDATION' });

    sandbox.faults.next(`PATCH /api/v1/payin/${id}/update-rfi`, 'drop-after-commit');
    expect(await links.submitRfi(id, answers)).toMatchObject({
      status: 'under_review',
      rfiDocuments: [],
      paymentLink: null,
    });
    expect(await failureOf(links.submitRfi(id, answers))).toMatchObject(refusal);
    await sandbox.clock.advance(5000);
    expect((await links.get(id)).status).toBe('active');
  });
});
