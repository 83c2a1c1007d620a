import { describe, expect, it } from '@jest/globals';
import { payinPurposeCodes, payoutPurposeCodes } from './purpose-codes.js';

describe('payinPurposeCodes', () => {
  it('know a code with its group, description and documents', () => {
    expect(payinPurposeCodes.get('P0802')).toEqual({
      code: 'P0802',
      group: 'Telecom, Computer & Information Services',
      description: expect.any(String),
      documents: ['Invoice'],
    });
    expect(payinPurposeCodes.documents('P0802')).toEqual(['Invoice']);
  });

  it.each(['p0802', ' P0802', 'P0802\n', 'PYR001', 'P9999', '', '=Travel', 'constructor', 'S0802'])(
    'do not know %j',
    (text) => {
      expect(payinPurposeCodes.get(text)).toBeUndefined();
      expect(payinPurposeCodes.is(text)).toBe(false);
      expect(payinPurposeCodes.documents(text)).toBeNull();
    },
  );

  it.each([802, null, undefined, ['P0802'], { code: 'P0802' }])(
    'take no %j for a code',
    (value) => {
      expect(payinPurposeCodes.is(value)).toBe(false);
    },
  );

  it('are listed by group', () => {
    const travel = payinPurposeCodes.in('Travel');
    expect(travel).toHaveLength(8);
    expect(
      travel.every(({ group, code }) => group === 'Travel' && payinPurposeCodes.is(code)),
    ).toBe(true);
    expect(payinPurposeCodes.in('travel' as 'Travel')).toEqual([]);
  });

  it('have the two of remittances, of which only the code is known', () => {
    for (const code of ['S0001', 'S0002']) {
      expect(payinPurposeCodes.get(code)).toEqual({
        code,
        group: null,
        description: null,
        documents: null,
      });
      expect(payoutPurposeCodes.get(code)?.description).toEqual(expect.any(String));
    }
  });

  it('tell that none is needed from that nobody said what is', () => {
    expect(payinPurposeCodes.documents('P1003')).toEqual([]);
    expect(payinPurposeCodes.documents('S0001')).toBeNull();
  });

  it('cannot be changed', () => {
    const code = payinPurposeCodes.get('P0802');
    expect(() => Object.assign(code ?? {}, { group: 'Travel' })).toThrow(TypeError);
    expect(() => Object.assign(code?.documents ?? {}, { 0: 'Passport' })).toThrow(TypeError);
  });
});

describe('payoutPurposeCodes', () => {
  it('know codes that need several documents', () => {
    const most = payoutPurposeCodes
      .in('Merchandise imports between resident and non-resident')
      .filter(({ documents }) => documents?.length === 3);
    expect(most).toHaveLength(2);
    expect(most[0]?.documents).toEqual(['Invoice', 'Shipping date', 'Trade documents']);
  });

  it('have the one of a repatriation, with its document', () => {
    expect(payoutPurposeCodes.get('P0001')).toMatchObject({
      group: null,
      documents: ['Withdrawal consent letter'],
    });
  });
});
