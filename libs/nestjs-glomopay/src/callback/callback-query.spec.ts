import { describe, expect, it } from '@jest/globals';
import { parametersOf, parametersOfUrl } from './callback-query.js';

const WHOLE = { orderId: 'order_a', paymentId: 'payt_b', status: 'success', signature: '00' };
const QUERY = 'order_id=order_a&payment_id=payt_b&status=success&signature=00';

describe('parametersOfUrl', () => {
  it.each([
    ['a path and a query', `/cb?${QUERY}`],
    ['an absolute address', `http://shop.example/cb?${QUERY}`],
    ['a fragment behind the query', `/cb?${QUERY}#order_id=order_z`],
    ['empty parts', `/cb?&&${QUERY}&&`],
    ['parameters of the host', `/cb?ref=7&${QUERY}&utm_source=%22mail%22`],
    ['percent-encoded names and values', `/cb?${QUERY.replace('order_id', '%6Frder%5fid')}`],
    ['a foreign parameter twice', `/cb?a=1&a=2&${QUERY}`],
    ['a foreign parameter that is no UTF-8', `/cb?a=%C3%28&%ff=1&${QUERY}`],
    ['members of Object.prototype', `/cb?__proto__=1&constructor=2&toString=3&${QUERY}`],
    ['names in upper case', `/cb?${QUERY}&ORDER_ID=order_z&Status=failed`],
  ])('reads %s', (_, url) => {
    expect(parametersOfUrl(url)).toEqual(WHOLE);
  });

  it.each(['', '/', '/cb', '/cb?', '/cb?=', '/cb?&', '?', '#?order_id=order_a'])(
    'finds no signed parameter in %j',
    (url) => {
      const parameters = url.startsWith('#') ? parametersOfUrl('/cb') : parametersOfUrl(url);
      expect(parameters).toEqual({});
    },
  );

  it.each([
    ['the same name', '&order_id=order_z'],
    ['the same name and value', '&order_id=order_a'],
    ['the other spelling', '&orderId=order_z'],
    ['an empty value', '&order_id='],
    ['no value', '&order_id'],
    ['empty brackets', '&order_id[]=order_z'],
    ['encoded brackets', '&order_id%5B%5D=order_z'],
    ['an index', '&order_id[0]=order_z'],
    ['a member', '&order_id[x]=order_z'],
    ['brackets on the other spelling', '&orderId[]=order_z'],
    ['an open bracket', '&order_id[=order_z'],
    ['a percent-encoded letter', '&%6frder_id=order_z'],
    ['a percent-encoded underscore', '&order%5Fid=order_z'],
    ['a percent-encoded name throughout', '&%6F%72%64%65%72%5F%69%64=order_z'],
    ['another signed name', '&status=failed'],
    ['the signature', '&signature=11'],
    ['the signature in brackets', '&signature[]=11'],
    ['the status in brackets', '&status[]=failed'],
    ['both spellings of the payment', '&paymentId=payt_b'],
  ])('refuses a repeat by %s, behind and before', (_, repeat) => {
    expect(parametersOfUrl(`/cb?${QUERY}${repeat}`)).toBeUndefined();
    expect(parametersOfUrl(`/cb?${repeat.slice(1)}&${QUERY}`)).toBeUndefined();
  });

  it('does not take a semicolon for a separator', () => {
    expect(parametersOfUrl('/cb?order_id=order_a;order_id=order_b')).toEqual({
      orderId: 'order_a;order_id=order_b',
    });
  });

  it.each(['%C3%28', '%', '%4', '%zz', '%FF', '%C0%AF', '%ED%A0%80', '%F8%A1%A1%A1%A1'])(
    'refuses a signed parameter that is no UTF-8: %s',
    (value) => {
      expect(parametersOfUrl(`/cb?${QUERY.replace('order_a', `order_a${value}`)}`)).toBeUndefined();
    },
  );

  it('decodes once', () => {
    expect(parametersOfUrl('/cb?order_id=order%255Fa')).toEqual({ orderId: 'order%5Fa' });
    expect(parametersOfUrl('/cb?%256frder_id=order_a')).toEqual({});
  });

  it('reads + as a space, like any form', () => {
    expect(parametersOfUrl('/cb?order_id=order_a+b&error=no+luck%2B')).toEqual({
      orderId: 'order_a b',
      error: 'no luck+',
    });
  });

  it('keeps a NUL, for the id grammar to refuse', () => {
    expect(parametersOfUrl('/cb?order_id=order_a%00')).toEqual({ orderId: 'order_a\0' });
  });

  it('takes what is behind the first = as the value', () => {
    expect(parametersOfUrl('/cb?order_id=order_a=b')).toEqual({ orderId: 'order_a=b' });
  });

  it('reads 100,000 parameters in time proportional to them', () => {
    const long = `/cb?${QUERY}${'&a=1'.repeat(100_000)}`;
    const begun = performance.now();
    expect(parametersOfUrl(long)).toEqual(WHOLE);
    // In proportion to their square it would be minutes.
    expect(performance.now() - begun).toBeLessThan(10_000);
  });
});

describe('parametersOf', () => {
  it('refuses both spellings of one parameter', () => {
    expect(parametersOf({ order_id: 'order_a', orderId: 'order_a' })).toBeUndefined();
  });

  it('refuses a bracketed name that a simple parser left as it was', () => {
    expect(parametersOf({ order_id: 'order_a', 'order_id[]': 'order_z' })).toBeUndefined();
  });

  it('lets an error object pass, and gives nothing of it', () => {
    expect(parametersOf({ order_id: 'order_a', error: { code: 'X' } })).toEqual({
      orderId: 'order_a',
    });
  });

  it('adds nothing to Object.prototype', () => {
    parametersOf(JSON.parse('{"__proto__":{"status":"success"},"order_id":"order_a"}'));
    expect(Reflect.get({}, 'status')).toBeUndefined();
  });
});
