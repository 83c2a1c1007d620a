import { describe, expect, it } from '@jest/globals';
import { useSandbox } from '../../test/client.js';
import { ManualClock } from '../../test/manual-clock.js';
import { aPayee, payoutsOf } from '../../test/payouts.js';
import type { Payout } from './payout.js';

const OPENING = 5_000;
const client = useSandbox({
  clock: new ManualClock(),
  openingBalance: OPENING,
  requestsPerMinute: 1_000_000,
});
const { create, cancel, mock } = payoutsOf(client);

/** The same numbers for the same seed: a linear congruence. */
function numbersOf(seed: number): (below: number) => number {
  let state = seed + 1;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What is gone or held, from the objects as the API shows them. */
async function taken(): Promise<number> {
  const { json } = await client().get('/api/v1/payouts?status=under_review&per_page=100');
  const page = json as { readonly data: readonly Payout[] };
  const reviewed = new Set(page.data.map(({ id }) => id));
  return client()
    .sandbox.payouts.list()
    .filter(
      ({ id, status }) => status === 'success' || (status === 'in_progress' && !reviewed.has(id)),
    )
    .reduce((sum, { source_amount }) => sum + source_amount, 0);
}

describe('The money of payouts', () => {
  it.each(Array.from({ length: 6 }, (_, seed) => seed))(
    'neither appears nor vanishes, whatever is done: %i',
    async (seed) => {
      const { sandbox } = client();
      const next = numbersOf(seed);
      const payees = [await aPayee(client()), await aPayee(client(), {}, { name: 'nerqu8' })];
      const any = <T>(list: readonly T[]): T | undefined => list[next(list.length)];
      const anyId = () => any(sandbox.payouts.list())?.id ?? 'payout_none';
      const answer = async () => {
        const rfi = any(sandbox.rfis.list());
        const documents = rfi?.documents_required.map(({ rfi_doc_id }) => ({
          rfi_doc_id,
          doc_id: 'doc_1',
        }));
        await client().call('PATCH', `/api/v1/rfis/${rfi?.id}/respond`, { documents });
      };
      const steps = [
        () => create(any(payees) ?? '', { source_amount: 1 + next(3_000) }),
        () => create(any(payees) ?? '', { source_amount: 1 + next(3_000) }),
        () =>
          mock(
            anyId(),
            any(['pending', 'success', 'failed', 'action_required', 'cancelled']) ?? '',
          ),
        () => cancel(anyId()),
        answer,
        () => sandbox.clock.advance(any([1_000, 60_000, 900_000, 31 * 86_400_000]) ?? 0),
        () =>
          client().post(
            `/_sandbox/payouts/${anyId()}/approve`,
            { outcome: any(['approve', 'decline']) },
            { key: null },
          ),
        () =>
          client().post(
            `/_sandbox/payouts/${anyId()}/complete`,
            { outcome: any(['approve', 'decline']) },
            { key: null },
          ),
        () =>
          client().post(
            `/_sandbox/rfis/${any(sandbox.rfis.list())?.id}/review`,
            { outcome: any(['approve', 'reject', 'ask_again']) },
            { key: null },
          ),
        async () => void (sandbox.account.payoutQueueing = next(2) === 0),
        async () => void (sandbox.account.makerChecker = next(2) === 0),
      ];
      for (let step = 0; step < 120; step += 1) {
        await any(steps)?.();
        expect(sandbox.balances.amountOf('USD')).toBe(OPENING - (await taken()));
        expect(sandbox.balances.amountOf('USD')).toBeGreaterThanOrEqual(0);
      }
      expect(sandbox.payouts.list().length).toBeGreaterThan(5);
    },
  );
});
