import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { GlomopaySignatureError } from '../errors/signature.error.js';
import { decodeEvent } from './decode-event.js';
import { isGlomopayEvent } from './event-pattern.js';
import type { GlomopayEvent } from './glomopay-event.js';

const bytes = (text: string) => Buffer.from(text, 'utf8');

/** The body of an event, as text: what follows is about how it is written. */
const around = (data: string) => `{"data":${data},"entity_type":"payment","event_type":"success"}`;
const anEvent = (data: string): GlomopayEvent => decodeEvent(bytes(around(data)));

function faultOf(body: Uint8Array): GlomopaySignatureError {
  try {
    decodeEvent(body);
  } catch (thrown) {
    if (thrown instanceof GlomopaySignatureError) return thrown;
    throw thrown;
  }
  throw new Error('It was read.');
}

describe('decodeEvent', () => {
  it('reads name, snapshot and the whole message', () => {
    const body = bytes(
      '{"data":{"id":"payt_1","status":"success"},"entity_type":"payment","event_type":"success","later":1}',
    );
    expect(decodeEvent(body)).toMatchObject({
      id: createHash('sha256').update(body).digest('hex'),
      type: 'payment.success',
      entityType: 'payment',
      eventType: 'success',
      data: { id: 'payt_1', status: 'success', raw: { id: 'payt_1', status: 'success' } },
      raw: { entity_type: 'payment', event_type: 'success', later: 1 },
    });
  });

  it('gives the same id for the same bytes only', () => {
    expect(anEvent('{"id":"a"}').id).toBe(anEvent('{"id":"a"}').id);
    expect(anEvent('{"id":"a"}').id).not.toBe(anEvent('{"id": "a"}').id);
  });

  it('takes any view of bytes, whatever lies around it', () => {
    const body = bytes(around('{"id":"payt_1"}'));
    const surrounded = new Uint8Array(body.length + 20).fill(0x7b);
    surrounded.set(body, 10);
    const event = decodeEvent(surrounded.subarray(10, 10 + body.length));
    expect(event).toEqual(decodeEvent(body));
  });

  it.each([
    ['an event that is not listed', 'payment', 'refunded_in_part', 'payment.refunded_in_part'],
    ['an entity that is not listed', 'invoice', 'paid', 'invoice.paid'],
    ['an event with dots', 'balance', 'balance.funded_balance.credited', undefined],
    ['an entity that objects inherit', 'constructor', 'toString', 'constructor.toString'],
    ['a long name', `e${'x'.repeat(63)}`, `e${'x'.repeat(63)}`, undefined],
  ])('reads %s', (_, entity, event, type) => {
    const body = bytes(
      JSON.stringify({
        data: { id: 'x_1', status: 'new' },
        entity_type: entity,
        event_type: event,
      }),
    );
    expect(decodeEvent(body).type).toBe(type ?? `${entity}.${event}`);
    expect(decodeEvent(body).data.raw).toEqual({ id: 'x_1', status: 'new' });
  });

  it('gives id and status of what is not documented', () => {
    const event = decodeEvent(
      bytes('{"data":{"id":"inv_1","status":"paid"},"entity_type":"invoice","event_type":"paid"}'),
    );
    expect(event.data).toEqual({
      id: 'inv_1',
      status: 'paid',
      raw: { id: 'inv_1', status: 'paid' },
    });
  });

  it.each(['null', '[]', '"text"', '7', '[{"id":"payt_1"}]'])(
    'reads an event whose data is %s',
    (data) => {
      expect(anEvent(data)).toMatchObject({ type: 'payment.success', data: { id: null, raw: {} } });
    },
  );

  it('reads an event without data', () => {
    const event = decodeEvent(bytes('{"entity_type":"webhook_test","event_type":"test"}'));
    expect([event.type, event.data.raw]).toEqual(['webhook_test.test', {}]);
  });

  it('reads a body that begins with a byte order mark', () => {
    expect(decodeEvent(bytes(`\uFEFF${around('{"id":"payt_1"}')}`)).type).toBe('payment.success');
  });

  describe('of a body that is signed and yet no event', () => {
    const deep = (levels: number) => around(`${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}`);

    it.each([
      ['nothing', '', 'not JSON'],
      ['a text', '"4111111111111111"', 'not a JSON object'],
      ['a list', '[{"entity_type":"payment","event_type":"success"}]', 'not a JSON object'],
      ['null', 'null', 'not a JSON object'],
      ['broken JSON', '{"n":4111111111111111,', 'not JSON'],
      ['two objects', `${around('{}')}${around('{}')}`, 'not JSON'],
      ['a trailing byte', `${around('{}')}\0`, 'not JSON'],
      ['65 levels', deep(65), 'deeper than 64 levels'],
      ['a hundred thousand levels', '['.repeat(100_000), 'deeper than 64 levels'],
      ['no entity', '{"data":{},"event_type":"success"}', 'event.entity_type'],
      ['no event', '{"data":{},"entity_type":"payment"}', 'event.event_type'],
      ['an inherited entity', '{"__proto__":{"entity_type":"payment"},"event_type":"a"}', 'entity'],
      ['a number for a name', '{"entity_type":1,"event_type":"success"}', 'event.entity_type'],
      ['an empty name', '{"entity_type":"payment","event_type":""}', 'event.event_type'],
      ['a long name', `{"entity_type":"${'p'.repeat(65)}","event_type":"a"}`, 'event.entity_type'],
      ['a name with a line break', '{"entity_type":"a\\nERROR","event_type":"b"}', 'entity_type'],
      ['a name that ends in one', '{"entity_type":"a","event_type":"b\\n"}', 'event_type'],
      ['a name with an escape', '{"entity_type":"a\\u001b[2J","event_type":"b"}', 'entity_type'],
      ['a dot in the entity', '{"entity_type":"payment.x","event_type":"b"}', 'event.entity_type'],
      ['a name of another alphabet', '{"entity_type":"рayment","event_type":"b"}', 'entity_type'],
      ['a prototype as a name', '{"entity_type":"__proto__","event_type":"b"}', 'entity_type'],
    ])('refuses %s', (_, body, detail) => {
      const fault = faultOf(bytes(body));
      expect(fault.reason).toBe('malformed');
      expect(fault.detail).toContain(detail);
    });

    it('quotes nothing of it', () => {
      for (const body of [
        '{"cvv":+739,"n":4111111111111111}',
        '4111111111111111 739',
        '{"entity_type":"4111111111111111","event_type":"739"}',
      ]) {
        const fault = faultOf(bytes(body));
        expect(inspect(fault, { depth: 10, showHidden: true })).not.toMatch(/4111|739/);
        expect(JSON.stringify(fault)).not.toMatch(/4111|739/);
      }
    });

    it.each([
      ['a byte that never occurs', [0xff]],
      ['a cut sequence', [0xe6, 0x9d]],
      ['an overlong slash', [0xc0, 0xaf]],
      ['a surrogate', [0xed, 0xa0, 0x80]],
    ])('refuses %s', (_, odd) => {
      const [before = '', after = ''] = around('{"sender_name":"?"}').split('?');
      const body = Buffer.concat([bytes(before), Buffer.from(odd), bytes(after)]);
      expect(faultOf(body).detail).toBe('the body is not UTF-8');
    });
  });

  it('reads 64 levels, and counts no brackets inside texts', () => {
    const nested = `${'['.repeat(63)}${']'.repeat(63)}`;
    expect(anEvent(nested).type).toBe('payment.success');
    const text = JSON.stringify(`\\"${'[{'.repeat(200)}\\`);
    expect(anEvent(`{"sender_name":${text}}`).data.raw['sender_name']).toBe(JSON.parse(text));
  });

  describe('of members with odd names or values', () => {
    it('pollutes no prototype, and keeps no member that would', () => {
      const event = anEvent(
        '{"id":"payt_1","__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},' +
          '"notes":{"__proto__":"x","a":"b"}}',
      );
      expect(Reflect.get({}, 'isAdmin')).toBeUndefined();
      expect(Object.assign({}, event.data.raw)).not.toHaveProperty('isAdmin');
      expect(Object.keys(event.data.raw)).toEqual(['id', 'notes']);
      if (!isGlomopayEvent(event, 'payment.*')) throw new Error('It is a payment.');
      expect({ ...event.data.notes }).toEqual({ a: 'b' });
    });

    it('never takes an inherited member for a sent one', () => {
      const event = decodeEvent(bytes('{"entity_type":"invoice","event_type":"paid","data":{}}'));
      expect(event.data).toEqual({ id: null, status: null, raw: {} });
      expect(Reflect.get(event.raw, 'constructor')).toBe(Object);
    });

    it('can be awaited, whatever hooks its data names', async () => {
      const event = anEvent('{"then":"x","toJSON":1,"toString":"y","valueOf":null,"id":"payt_1"}');
      const awaited = await Promise.resolve(event);
      expect(await Promise.resolve(awaited.data)).toBe(event.data);
      expect(await Promise.resolve(event.data.raw)).toBe(event.data.raw);
      expect(JSON.stringify(event.data.raw)).toBe(
        '{"then":"x","toJSON":1,"toString":"y","valueOf":null,"id":"payt_1"}',
      );
      expect(`${event.type}`).toBe('payment.success');
    });

    it.each([
      ['a NUL', '{"id":"payt_1","sender_name":"a\\u0000b"}'],
      ['a lone surrogate', '{"id":"payt_1","sender_name":"\\ud800"}'],
      ['a number beyond all', '{"id":"payt_1","requested_amount":1e400000}'],
      ['a doubled member', '{"id":"payt_0","id":"payt_1"}'],
      ['an amount that is no whole number', '{"id":"payt_1","requested_amount":12.5}'],
      ['an amount beyond safe integers', '{"id":"payt_1","requested_amount":9007199254740993}'],
      ['an amount in words', '{"id":"payt_1","requested_amount":"1000"}'],
    ])('reads %s', (_, data) => {
      const event = anEvent(data);
      if (!isGlomopayEvent(event, 'payment.success')) throw new Error('It is a payment.');
      expect([event.data.id, event.data.requestedAmount]).toEqual(['payt_1', null]);
    });
  });

  it('is printed by its name, without the payload, and gives all of it as JSON', () => {
    const event = anEvent('{"id":"payt_1","notes":{"memo":"4111111111111111"}}');
    expect(inspect(event, { depth: 10, showHidden: true })).toContain("type: 'payment.success'");
    expect(inspect(event, { depth: 10, showHidden: true })).not.toContain('4111');
    expect(JSON.parse(JSON.stringify(event))).toMatchObject({
      id: event.id,
      type: 'payment.success',
      data: { id: 'payt_1' },
      raw: { data: { notes: { memo: '4111111111111111' } } },
    });
  });

  it('is frozen, as deep as it is: several handlers are given the same one', () => {
    const event = anEvent('{"id":"payt_1","fees":{"txn_fee":[{"amount":1}]}}');
    expect(() => Object.assign(event, { type: 'payment.failed' })).toThrow(TypeError);
    expect(() => Object.assign(event.data, { id: 'payt_2' })).toThrow(TypeError);
    expect(() => Object.assign(event.raw, { event_type: 'failed' })).toThrow(TypeError);
    const fees: unknown = event.data.raw['fees'];
    expect(Object.isFrozen(fees)).toBe(true);
    expect(Object.isFrozen(Reflect.get(Reflect.get(fees as object, 'txn_fee'), '0'))).toBe(true);
  });
});
