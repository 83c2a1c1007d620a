import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { aPageBody, anOrderBody, aPaymentBody, aRefundBody } from '../support/library/bodies.js';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder, type Reply } from '../support/library/recorder.js';
import { anOrder, aPayment, aRefund } from '../support/library/requests.js';

let gateway: Recorder;
let library: OpenLibrary;

beforeAll(async () => {
  gateway = await Recorder.start();
});
beforeEach(async () => {
  gateway.reset();
  library = await openLibrary(gateway.url);
});
afterEach(() => library.close());
afterAll(() => gateway.stop());

const refused: Reply = { status: 400, body: { message: 'No' } };

interface Create {
  readonly body: (change: Record<string, unknown>) => object;
  readonly make: (requestId: string) => Promise<unknown>;
}

const creates: readonly (readonly [string, Create])[] = [
  [
    'an order',
    { body: anOrderBody, make: (requestId) => library.orders.create(anOrder({ requestId })) },
  ],
  [
    'a payment',
    { body: aPaymentBody, make: (requestId) => library.payments.create(aPayment({ requestId })) },
  ],
  [
    'a charge',
    {
      body: (change) =>
        aPaymentBody({ ...change, payin_id: null, payin_type: null, subscription_id: 'sub_1' }),
      make: (requestId) =>
        library.payments.charge({
          subscriptionId: 'sub_1',
          amount: 1000,
          currency: 'USD',
          requestId,
        }),
    },
  ],
  [
    'a refund',
    { body: aRefundBody, make: (requestId) => library.refunds.create(aRefund({ requestId })) },
  ],
];

describe.each(creates)(
  '%s that is refused, where the list is not filtered by request_id',
  (_, { body, make }) => {
    const listing = (requestId: string, next: number | null): Reply => ({
      body: aPageBody([body({ request_id: 'another' }), body({ request_id: requestId })], { next }),
    });

    it('is given back when it is there', async () => {
      gateway.next(refused, listing('mine', 2));
      await expect(make('mine')).resolves.toMatchObject({ replayed: true });
    });

    it('is unknown, not refused, when it may be on another page', async () => {
      gateway.next(refused, listing('a third', 2));
      await expect(failureOf(make('mine'))).resolves.toMatchObject({
        code: 'GLOMOPAY_OUTCOME_UNKNOWN',
        requestId: 'mine',
        status: 400,
      });
      expect(gateway.count('POST')).toBe(1);
    });

    it('is refused when all there is has been seen', async () => {
      gateway.next(refused, listing('a third', null));
      await expect(failureOf(make('mine'))).resolves.toMatchObject({ outcome: 'rejected' });
    });
  },
);
