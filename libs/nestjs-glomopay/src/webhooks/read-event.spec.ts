import { describe, expect, it } from '@jest/globals';
import { DecodedEvent } from './decoded-event.js';
import { rawBodyOf } from './raw-body.js';
import { readEvent } from './read-event.js';

const read = (body: string | Uint8Array) => readEvent(Buffer.from(body));

describe('readEvent', () => {
  it('reads an event as it is', () => {
    const event = read('{"entity_type":"payment","event_type":"success","data":{"id":"payt_1"}}');
    expect([event.type, DecodedEvent.faultOf(event)]).toEqual(['payment.success', undefined]);
  });

  it.each([
    ['nothing', ''],
    ['no JSON', 'not json 4111111111111111'],
    ['half of it', '{"entity_type":"payment","event_type":"suc'],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"payment.success"'],
    [
      'too many levels',
      `{"entity_type":"payment","event_type":"success","a":${'['.repeat(20_000)}`,
    ],
    ['no names', '{"data":{}}'],
    ['names of the prototype', '{"__proto__":{"entity_type":"payment","event_type":"success"}}'],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
  ])('gives an unknown event for %s, with its bytes and a fault in our words', (_, body) => {
    const event = read(body);
    expect([event.type, event.entityType, event.eventType]).toEqual([
      'unknown.unknown',
      'unknown',
      'unknown',
    ]);
    expect(event.id).toMatch(/^[0-9a-f]{64}$/);
    expect(rawBodyOf(event).equals(Buffer.from(body))).toBe(true);
    expect(Object.isFrozen(event.raw)).toBe(true);
    expect(DecodedEvent.faultOf(event)).toMatch(/^[\w.\- ]+$/);
    expect(DecodedEvent.faultOf(event)).not.toContain('4111');
  });

  it('keeps what can be read beside a name that cannot', () => {
    const event = read('{"entity_type":"payment","event_type":"a\\nb","data":{"id":"payt_1"}}');
    expect(event.type).toBe('payment.a?b');
    expect(event.raw['data']).toEqual({ id: 'payt_1' });
  });

  it('never makes a known name of one that is none', () => {
    for (const name of ['success\u0000', '\u200bsuccess', 'success ', 'súccess', ' success']) {
      const { type } = read(JSON.stringify({ entity_type: 'payment', event_type: name }));
      expect(type).toMatch(/^payment\.[\w?]*\?[\w?]*$/);
    }
    const { eventType } = read(
      JSON.stringify({ entity_type: 'payment', event_type: 'a'.repeat(5_000) }),
    );
    expect(eventType).toHaveLength(64);
  });
});
