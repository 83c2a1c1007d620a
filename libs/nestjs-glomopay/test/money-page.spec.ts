import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { GlomopayNotResolvableError } from '../src/errors/not-resolvable.error.js';
import { milestones } from '../src/tracking/movements/milestones.js';
import { transition } from '../src/tracking/movements/transition.js';
import type { TrackedRecord } from '../src/tracking/store/tracked-record.js';
import { reasons, resolutions, states } from '../src/tracking/store/tracked-row.js';
import { whoLooksNext } from '../src/tracking/store/who-looks-next.js';
import { aClosing } from './observations.js';
import { tableRows, wordsOf } from './page-tables.js';
import { aPaymentRecord } from './tracked-payments.js';

const page = readFileSync(new URL('../../../docs/money.md', import.meta.url), 'utf8');

/** The rows of the tables under a heading, each as its cells. */
function rowsUnder(heading: string): readonly (readonly string[])[] {
  const section = page.split(`${heading}\n`)[1]?.split(/\n#/)[0] ?? '';
  return tableRows(section);
}

/** `all four`, `all but x`, or a list; what follows a semicolon is about strays. */
function waysOf(cell: string): string {
  const [ways = ''] = cell.split(';');
  const named = wordsOf(ways);
  if (ways.trim() === 'all four') return resolutions.toSorted().join();
  const isAllBut = ways.trim().startsWith('all but');
  return resolutions
    .filter((way) => named.includes(way) !== isAllBut)
    .toSorted()
    .join();
}

function waysToClose(record: TrackedRecord): readonly string[] {
  const paidAlready = record.reason === 'duplicate_charge';
  const around = { paidAlready, succeeded: { count: 0, amount: 0 } };
  return resolutions.filter((as) => {
    try {
      return transition(record, aClosing(as), around) !== undefined;
    } catch (thrown) {
      if (thrown instanceof GlomopayNotResolvableError) return false;
      throw thrown;
    }
  });
}

describe('docs/money.md', () => {
  const rows = rowsUnder('### Every reason');
  const forPersons = rows.filter((cells) => cells.length === 5);

  it('has every reason, and no other', () => {
    const told = new Set(rows.flatMap(([reason]) => wordsOf(reason)));
    told.delete('reason');
    expect([...told].toSorted()).toEqual([...reasons].toSorted());
  });

  it('says of each reason that needs a person in which state it does', () => {
    const wrong = forPersons.slice(1).flatMap(([cell, state]) =>
      wordsOf(cell).filter((reason) => {
        const known = reasons.find((each) => each === reason) ?? null;
        const at = states.filter((each) => wordsOf(state).includes(each));
        return (
          at.length === 0 ||
          at.some((each) => {
            const record = { state: each, reason: known, resolution: null };
            return whoLooksNext(record) !== 'person';
          })
        );
      }),
    );
    expect(forPersons.length).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  });

  it('says of each how it may be closed', () => {
    const wrong = forPersons.slice(1).flatMap((cells) => {
      const told = waysOf(cells[4] ?? '');
      return wordsOf(cells[0]).flatMap((word) => {
        const reason = reasons.find((each) => each === word) ?? null;
        const at = states.filter((each) => wordsOf(cells[1]).includes(each));
        return at
          .map((state) => waysToClose(aPaymentRecord({ state, reason })).toSorted().join())
          .filter((ways) => ways !== told)
          .map((ways) => `${word}: ${ways}`);
      });
    });
    expect(wrong).toEqual([]);
  });

  it('leaves out no reason that needs a person beside an outcome', () => {
    const beside = reasons.filter(
      (reason) => whoLooksNext({ state: 'failed', reason, resolution: null }) === 'person',
    );
    const told = forPersons.flatMap(([cell]) => wordsOf(cell));
    expect(beside.length).toBeGreaterThan(3);
    expect(beside.filter((reason) => !told.includes(reason))).toEqual([]);
  });

  it('has every way to close a record, and every milestone', () => {
    const told = new Set(rowsUnder('## What needs a person').flatMap(([cell]) => wordsOf(cell)));
    expect(resolutions.filter((each) => !told.has(each))).toEqual([]);
    const heard = new Set(rowsUnder('## After the success').flatMap(([cell]) => wordsOf(cell)));
    expect(milestones.filter((each) => !heard.has(each))).toEqual([]);
  });
});
