import { describe, expect, it } from '@jest/globals';
import { isSanctionedName, screen } from './screening.js';

const cards = { card: true, transfer: false };

describe('screen', () => {
  it('hits the reserved amount, after the payment where the account screens then', () => {
    const hit = { amount: 6623, names: ['Jane Roe'] };
    expect(screen({ kind: 'card', ...hit }, cards)).toBe('held');
    expect(screen({ kind: 'transfer', ...hit }, cards)).toBe('sanction_hit');
    expect(screen({ kind: 'card', amount: 6624, names: ['Jane Roe'] }, cards)).toBe('clear');
  });

  it('hits a reserved name among others', () => {
    const hit = { kind: 'transfer', amount: 1, names: ['Jane Roe', 'NerQu8'] } as const;
    expect(screen(hit, cards)).toBe('sanction_hit');
  });

  it.each(['jexru7', 'NERQU8', 'Havku9', ' dexru6 ', 'rEnVaK4'])('knows %j', (name) => {
    expect(isSanctionedName(name)).toBe(true);
  });

  it.each(['', 'jexru', 'jexru77', 'Jane jexru7'])('does not know %j', (name) => {
    expect(isSanctionedName(name)).toBe(false);
  });
});
