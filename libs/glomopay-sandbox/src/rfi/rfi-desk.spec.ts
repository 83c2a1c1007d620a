import { describe, expect, it } from '@jest/globals';
import { ManualClock } from '../../test/manual-clock.js';
import { SandboxClock } from '../time/sandbox-clock.js';
import { RfiDesk } from './rfi-desk.js';
import type { Rfi } from './rfi.js';

function aDesk(documents = ['Passport', 'Invoice']) {
  const clock = new SandboxClock(new ManualClock());
  const desk = new RfiDesk(clock);
  const heard: string[] = [];
  const rfi = desk.raise({
    objectId: 'payt_1',
    documents,
    // What the owner looks up is what it was told.
    told: (news, { id }) => heard.push(`${news} ${desk.book.get(id)?.rfi.status}`),
  });
  return { clock, desk, heard, rfi };
}

const answersTo = ({ documents_required }: Rfi) =>
  documents_required.map(({ rfi_doc_id: rfiDocId }) => ({ rfiDocId, documentId: 'doc_1' }));

describe('RfiDesk', () => {
  it('asks, takes the whole answer, and approves after five seconds', async () => {
    const { clock, desk, heard, rfi } = aDesk();
    expect(heard).toEqual([]);
    expect(rfi).toMatchObject({ status: 'action_required' });
    expect(desk.about('payt_1')).toEqual(rfi);
    expect(desk.answer(rfi.id, answersTo(rfi)).status).toBe('under_review');
    await clock.advance(4999);
    expect(heard).toEqual(['answered under_review']);
    await clock.advance(1);
    expect(heard).toEqual(['answered under_review', 'approved closed']);
    await clock.stop();
  });

  it('waits sixteen days for an answer', async () => {
    const { clock, desk, rfi } = aDesk();
    expect(Date.parse(rfi.response_deadline) - clock.now()).toBe(16 * 86_400_000);
    await clock.advance(16 * 86_400_000 - 1);
    expect(desk.about('payt_1')?.status).toBe('action_required');
    await clock.advance(1);
    expect(desk.about('payt_1')?.status).toBe('expired');
    await clock.stop();
  });

  it.each([
    ['nothing', () => []],
    ['a part', (all: object[]) => all.slice(1)],
    ['too much for one', (all: object[]) => [...all, all[0]]],
    [
      'another requirement',
      (all: object[]) => [...all, { rfiDocId: 'rfidoc_x', documentId: 'doc_1' }],
    ],
  ])('refuses %s, and stays as it is', (_name, spoil) => {
    const { desk, heard, rfi } = aDesk();
    const spoiled = spoil(answersTo(rfi)) as ReturnType<typeof answersTo>;
    expect(() => desk.answer(rfi.id, spoiled, 'order')).toThrow(
      'Invalid rfi_doc_id or order not in action_required status',
    );
    expect([desk.about('payt_1')?.status, heard]).toEqual(['action_required', []]);
  });

  it('takes no second answer', () => {
    const { desk, rfi } = aDesk();
    desk.answer(rfi.id, answersTo(rfi));
    expect(() => desk.answer(rfi.id, answersTo(rfi))).toThrow('not in action_required status');
  });

  it('expires at its deadline, once', async () => {
    const { clock, heard, rfi } = aDesk();
    await clock.advance(Date.parse(rfi.response_deadline) - clock.now());
    await clock.advance(1);
    expect(heard).toEqual(['expired expired']);
    await clock.stop();
  });

  it('asks again under the same id, and the review before it decides nothing', async () => {
    const { clock, desk, heard, rfi } = aDesk();
    desk.answer(rfi.id, answersTo(rfi));
    const again = desk.review(rfi.id, 'ask_again', ['Contract']);
    await clock.advance(10_000);
    expect(desk.about('payt_1')).toEqual(again);
    expect(again.documents_required).toMatchObject([{ description: 'Contract' }]);
    desk.answer(rfi.id, answersTo(again));
    desk.review(rfi.id, 'reject');
    await clock.advance(10_000);
    expect(heard.at(-1)).toBe('rejected closed');
    expect(() => desk.review(rfi.id, 'approve')).toThrow('not under review');
    await clock.stop();
  });
});
