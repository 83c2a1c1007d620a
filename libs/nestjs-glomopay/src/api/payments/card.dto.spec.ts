import { describe, expect, it } from '@jest/globals';
import { instanceToPlain, plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { inspect } from 'node:util';
import { CardDto, type CardInput } from './card.dto.js';

const plain: CardInput = {
  holderName: 'Jane Q Canary',
  number: '4111111111111111',
  expiryMonth: '09',
  expiryYear: '2030',
  cvv: '739',
};
const SHOWN = /41111111111|739|Jane|2030/;

function aCard(change: Record<string, unknown> = {}): CardDto {
  return plainToInstance(CardDto, { ...plain, ...change });
}

describe('CardDto', () => {
  it('shows the first six and the last four digits, and nothing else', () => {
    const card = aCard();
    expect(String(card)).toBe('CardDto(411111******1111)');
    expect(JSON.stringify({ card })).toBe('{"card":{"number":"411111******1111"}}');
    expect(inspect(card)).toBe('CardDto(411111******1111)');
    expect(instanceToPlain(card)).toEqual({
      holder_name: '***',
      number: '411111******1111',
      expiry_month: '***',
      expiry_year: '***',
      cvv: '***',
    });
  });

  it.each([
    ['378282246310005', '378282*****0005'],
    ['411111111111', '411111**1111'],
    ['4111111111', '***'],
    ['4111 1111 1111 1111', '***'],
    ['4'.repeat(20), '***'],
  ])('masks %s as %s', (number, mask) => {
    expect(String(aCard({ number }).number)).toBe(mask);
  });

  it('has no own member at all', () => {
    const card = aCard();
    expect(Reflect.ownKeys(card)).toEqual([]);
    expect({ ...card }).toEqual({});
    expect(inspect(structuredClone(card), { showHidden: true })).not.toMatch(SHOWN);
  });

  it.each([
    { number: '41111111111' },
    { number: 4_111_111_111_111_111 },
    { cvv: '73973' },
    { cvv: 739 },
    { holderName: '' },
    { expiryMonth: '13' },
  ])('is refused with %j, and the refusal shows no value', (change) => {
    const errors = validateSync(aCard(change));
    expect(errors.map(({ property }) => property)).toEqual(Object.keys(change));
    const shown = [
      inspect(errors, { depth: 12, showHidden: true, getters: true }),
      inspect(errors, { depth: 12, showHidden: true, customInspect: false }),
      JSON.stringify(errors),
      String(errors),
    ];
    expect(shown.join('')).not.toMatch(SHOWN);
  });

  it('is accepted with the card of the documents', () => {
    expect(validateSync(aCard())).toEqual([]);
  });

  it('names every member that is missing', () => {
    const errors = validateSync(new CardDto());
    expect(errors.map(({ property }) => property).toSorted()).toEqual([
      'cvv',
      'expiryMonth',
      'expiryYear',
      'holderName',
      'number',
    ]);
  });

  it('keeps the values of two cards apart', () => {
    const [first, second] = [aCard(), aCard({ number: '378282246310005' })];
    expect(String(first.number)).toBe('411111******1111');
    expect(String(second.number)).toBe('378282*****0005');
  });

  it('forgets a value that is taken back', () => {
    const card = aCard();
    card.number = undefined;
    expect(card.number).toBeUndefined();
    expect(String(card)).toBe('CardDto(empty)');
  });
});
