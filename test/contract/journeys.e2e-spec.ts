import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { valueAt } from './at-path.js';
import { journeys } from './journeys/index.js';
import type { Journey, Place } from './journeys/journey.js';
import { PlainClient } from './plain-client.js';

describe.each(journeys)('$title', (journey) => {
  let gateway: PlainClient;

  beforeEach(async () => {
    const { account = {} } = journey;
    gateway = new PlainClient(await GlomopaySandbox.start({ account }));
  });
  afterEach(async () => gateway.sandbox.stop());

  it('has every status in turn, is told in each as it is then, and changes no more at its end', async () => {
    const before = told(gateway, journey).length;
    const id = await journey.begin(gateway);
    await expectAt(journey.first, before);
    for (const step of journey.steps) {
      const earlier = told(gateway, journey).length;
      await step.by(gateway, id);
      await expectAt(step, earlier);
    }
    await expectUnmoved();

    async function expectAt({ status, isUntold = false }: Place, earlier: number): Promise<void> {
      const object = await shown();
      expect(object).toMatchObject({ status });
      const news = told(gateway, journey).slice(earlier);
      const last = news.findLast(({ type }) => type === `${journey.entity}.${status}`);
      expect({ status, told: last !== undefined }).toEqual({ status, told: !isUntold });
      if (last !== undefined) expect(last.data).toEqual(object);
    }

    async function expectUnmoved(): Promise<void> {
      const [ended, events] = [await shown(), gateway.sandbox.webhooks.events().length];
      for (const rest of journey.changes) {
        const path = `${journey.path}/${id}${rest && '/'}${rest}`;
        const { status } = await gateway.call('PATCH', path, BODIES.get(rest));
        expect({ rest, refused: status === 400 || status === 422 }).toEqual({
          rest,
          refused: true,
        });
      }
      expect(await shown()).toEqual(ended);
      expect(gateway.sandbox.webhooks.events()).toHaveLength(events);
    }

    async function shown(): Promise<unknown> {
      return (await gateway.call('GET', `${journey.path}/${id}`)).json;
    }
  });
});

/** A body that would do, by the rest of the path. */
const BODIES: ReadonlyMap<string, object> = new Map<string, object>([
  ['', { reminder_frequency: 7 }],
  ['update-rfi', { documents: [{ id: 'doc_1', rfi_doc_id: 'rfidoc_1' }] }],
  ['update_rfi', { documents: [{ id: 'doc_1', rfi_doc_id: 'rfidoc_1' }] }],
  ['mock_update_status', { status: 'success' }],
  ['mock-review', { review_action: 'approve' }],
  ['next-payment-date', { next_payment_date: '2999-01-01' }],
]);

/** The events of a kind so far, oldest first. */
function told({ sandbox }: PlainClient, { entity }: Journey) {
  return sandbox.webhooks
    .events()
    .toReversed()
    .filter(({ type }) => type.startsWith(`${entity}.`))
    .map(({ type, body }) => ({ type, data: valueAt(JSON.parse(body), 'data') }));
}
