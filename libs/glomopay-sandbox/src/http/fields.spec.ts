import { describe, expect, it } from '@jest/globals';
import { Fields } from './fields.js';

describe('Fields', () => {
  it('reads the query of a call', () => {
    const fields = Fields.ofQuery({ url: '/x?currency=USD&note=a%20b' });
    expect([fields.text('currency'), fields.text('note')]).toEqual(['USD', 'a b']);
    fields.finish();
    expect(() => Fields.ofQuery({ url: '/x?a=1' }).finish()).toThrow('unknown field');
    expect(() => Fields.ofQuery({ url: '/x?a=1&a=2' })).toThrow('Repeated query parameter');
    expect(() => Fields.ofQuery({ url: '/x' }).finish()).not.toThrow();
  });

  it('reads ids of one kind, days and moments', () => {
    const fields = Fields.of({ a: 'doc_1', b: '2026-02-28', c: '2026-02-28T10:00:00Z' });
    expect(fields.id('a', 'doc')).toBe('doc_1');
    expect(fields.date('b')).toBe('2026-02-28');
    expect(fields.instant('c')).toBe(Date.parse('2026-02-28T10:00:00Z'));
    fields.finish();
  });

  it.each(['rfidoc_1', 'doc', 'doc_', 'doc_a/b', ' doc_1', 1])('takes %j for no doc_ id', (id) => {
    const fields = Fields.of({ id });
    fields.id('id', 'doc');
    expect(() => fields.finish()).toThrow('Validation failed: Id is invalid');
  });

  it.each(['2026-02-30', '2026-2-3', '2026-02-28T10:00:00Z', 20260228])(
    'takes %j for no day',
    (day) => {
      const fields = Fields.of({ day });
      fields.date('day');
      expect(() => fields.finish()).toThrow('Validation failed: Day is invalid');
    },
  );
});
