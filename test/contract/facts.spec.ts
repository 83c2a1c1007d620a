import { describe, expect, it } from '@jest/globals';
import { valueAt } from './at-path.js';
import { objectFaults } from './conformity.js';
import { endpoints, example, object, objects, type FieldFact, type MemberFact } from './facts.js';

const plain = ['string', 'integer', 'number', 'boolean', 'object', 'texts', 'file'];

describe('the facts about the gateway', () => {
  it('have each operation once', () => {
    const names = endpoints.map(({ name }) => name);
    const places = endpoints.map(({ method, path }) => `${method} ${path}`);
    expect(names).toHaveLength(74);
    expect([new Set(names).size, new Set(places).size]).toEqual([names.length, places.length]);
  });

  it('write every path whole, with no other place than an id', () => {
    const paths = endpoints.flatMap(({ path, alias }) => [path, alias ?? path]);
    const odd = paths.filter(
      (path) => !/^\/api\/(?:public\/)?v\d(?:\/(?:[a-z_-]+|\{id\}))+$/.test(path),
    );
    expect(odd).toEqual([]);
  });

  it.each(endpoints)('know the object that $name answers', ({ answer, refusals }) => {
    expect(object(answer.object).examples).not.toHaveLength(0);
    expect([answer.status, ...(answer.also ?? [])].filter((status) => status >= 300)).toEqual([]);
    expect(refusals.filter((status) => status < 400)).toEqual([]);
  });

  it.each(endpoints)(
    'name each field of $name once, of a known type, inside a known one',
    (each) => {
      const { query = [], body } = each;
      expect(tableFaults(query)).toEqual([]);
      expect(tableFaults(body?.fields ?? [])).toEqual([]);
      const known = new Set(body?.fields.map(({ name }) => name));
      const named = (body?.forms ?? []).flatMap(({ required, forbidden = [] }) => [
        ...required,
        ...forbidden,
      ]);
      expect(named.filter((name) => !known.has(name))).toEqual([]);
    },
  );

  it.each(objects)('name each member of $name once, and refer to known objects', ({ members }) => {
    expect(tableFaults(members)).toEqual([]);
  });

  it.each(objects)('have examples of $name that are as its table says', ({ name, examples }) => {
    expect(examples.flatMap((each) => objectFaults(name, each))).toEqual([]);
  });

  it.each(objects)('show every member of $name in an example', ({ members, examples }) => {
    const unseen = members.filter(({ name }) =>
      examples.every((each) => (valueAt(each, name) ?? null) === null),
    );
    expect(unseen).toEqual([]);
  });
});

describe('a value that should be an object', () => {
  const good = { amount: 1000, currency: 'USD' };

  it.each([
    ['a member too many', { ...good, extra: 1 }, 'Money.extra is documented nowhere'],
    ['a member too few', { amount: 1000 }, 'Money.currency is missing'],
    [
      'a member of another type',
      { ...good, amount: '1000' },
      'Money.amount is not of type integer',
    ],
    [
      'null where there is no null',
      { ...good, amount: null },
      'Money.amount is not of type integer',
    ],
    ['a list', [good], 'Money is not an object'],
  ])('is refused for %s', (_, value, fault) => {
    expect(objectFaults('Money', value)).toEqual([fault]);
  });

  it.each([
    ['a moment without an offset', { created_at: '2025-09-09T11:11:55' }],
    ['a moment that is none', { created_at: '2025-09-09T31:11:55Z' }],
    ['the id of another kind', { customer_id: 'order_68c00b7btsthf' }],
    ['an id that is none', { id: '68c00b7btsthf' }],
  ])('is refused for %s', (_, change) => {
    expect(objectFaults('Order', example('Order'))).toEqual([]);
    expect(objectFaults('Order', example('Order', change))).toHaveLength(1);
  });

  it('is looked into wherever an object is inside another', () => {
    const order = { ...object('Order').examples[0], product: { name: 7, price: 1 } };
    expect(objectFaults('Order', order)).toEqual([
      'Order.product.price is documented nowhere',
      'Order.product.name is not of type string',
    ]);
  });
});

/** Names that come twice, types that nobody knows, members of nothing, values outside of a list. */
function tableFaults(table: readonly (FieldFact | MemberFact)[]): readonly string[] {
  const names = table.map(({ name }) => name);
  const known = new Set(objects.map(({ name }) => name));
  return table.flatMap(({ name, type }, index) => [
    ...(names.indexOf(name) === index ? [] : [`${name} comes twice`]),
    ...type
      .replace('[]', '')
      .split('|')
      .filter((each) => !plain.includes(each) && !known.has(each))
      .map((each) => `${name} is of the unknown type ${each}`),
    ...(/\[\]\./.test(name) && !names.includes(name.slice(0, name.indexOf('[]')))
      ? [`${name} is in no list`]
      : []),
  ]);
}
