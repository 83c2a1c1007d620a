import { describe, expect, it } from '@jest/globals';
import { lostMembers } from './lost-members.js';

interface Answer {
  readonly id: string;
  readonly paid: boolean;
  readonly fees: { readonly txn: number; readonly fx: number };
  readonly lines: readonly { readonly name: string }[];
}

const answer: Answer = {
  id: 'order_1',
  paid: true,
  fees: { txn: 1, fx: 2 },
  lines: [{ name: 'a' }],
};

function lostBy(read: (answer: Answer) => unknown): Promise<readonly string[]> {
  return lostMembers([answer], async (body) => read(body as Answer));
}

describe('the members of an answer that are lost', () => {
  it('are none where everything is read under other names', async () => {
    const read = ({ id, paid, fees, lines }: Answer) => ({
      orderId: id,
      isPaid: paid,
      all: [fees.txn, fees.fx],
      names: lines.map(({ name }) => name),
    });
    expect(await lostBy(read)).toEqual([]);
  });

  it('are those that only raw has', async () => {
    const read = (raw: Answer) => ({ id: raw.id, fees: { txn: raw.fees.txn, raw: raw.fees }, raw });
    expect(await lostBy(read)).toEqual(['fees.fx', 'lines', 'paid']);
  });

  it('are not those for which an answer is refused', async () => {
    const read = ({ id, ...rest }: Answer) => {
      if (id !== 'order_1') throw new RangeError('About another order');
      return rest;
    };
    expect(await lostBy(read)).toEqual([]);
  });
});
