import { describe, expect, it } from '@jest/globals';
import { idPrefixes, isId, type IdKind } from './ids.js';

const kinds = Object.entries(idPrefixes) as [IdKind, string][];

describe('isId', () => {
  it.each(kinds)('takes a %s by its prefix %s', (kind, prefix) => {
    expect(isId(kind, `${prefix}_a-B_9`)).toBe(true);
    expect(isId(kind, `${prefix}_${'a'.repeat(64)}`)).toBe(true);
  });

  it.each([
    ['payout', 'pout_1'],
    ['paymentLink', 'payin_1'],
  ] as const)('takes a %s by the prefix of older ones: %s', (kind, id) => {
    expect(isId(kind, id)).toBe(true);
    expect(isId(kind, `${id}/..`)).toBe(false);
    expect(kinds.filter(([other]) => isId(other, id))).toHaveLength(1);
  });

  it.each(kinds)('takes no %s of another form', (kind, prefix) => {
    const others = kinds.filter(([other]) => other !== kind).map(([, other]) => `${other}_1`);
    const spoiled = ['', prefix, `${prefix}_`, `${prefix}_a.b`, `${prefix}_a/b`, `${prefix}_a\n`];
    const odd = [
      `${prefix}_${'a'.repeat(65)}`,
      ` ${prefix}_a`,
      `${prefix}_ä`,
      `x${prefix}_a`,
      7,
      null,
    ];
    for (const value of [...others, ...spoiled, ...odd]) expect(isId(kind, value)).toBe(false);
  });
});
