import { describe, expect, it } from '@jest/globals';
import { GlomopayApiError, GlomopayServerError } from './api.error.js';
import { GlomopayConfigurationError } from './configuration.error.js';
import { GlomopayError } from './glomopay.error.js';
import { GlomopaySignatureError } from './signature.error.js';

const CLASSES = Symbol.for('nestjs-glomopay:classes');
const details = { call: 'GET /api/v1/orders/{id}', status: 503 };

/** An error as another copy of the library makes it: no prototype in common but `Error`'s. */
function foreign(...names: readonly string[]): Error {
  return Object.defineProperty(new Error('from elsewhere'), CLASSES, { value: names });
}

describe('instanceof for the errors of this library', () => {
  it('holds for an error and every class above it', () => {
    const error = new GlomopayServerError(details);
    expect(error instanceof GlomopayServerError).toBe(true);
    expect(error instanceof GlomopayApiError).toBe(true);
    expect(error instanceof GlomopayError).toBe(true);
    expect(error instanceof Error).toBe(true);
    expect(error instanceof GlomopayConfigurationError).toBe(false);
    expect(new GlomopayApiError(details) instanceof GlomopayServerError).toBe(false);
  });

  it('holds for one of another copy, class by class', () => {
    const error = foreign('GlomopayServerError', 'GlomopayApiError', 'GlomopayError', 'Error');
    expect(error instanceof GlomopayServerError).toBe(true);
    expect(error instanceof GlomopayApiError).toBe(true);
    expect(error instanceof GlomopayError).toBe(true);
    expect(error instanceof GlomopaySignatureError).toBe(false);
  });

  it('names the classes of an error where no print of it shows them', () => {
    const error = new GlomopayServerError(details);
    expect(Reflect.get(error, CLASSES)).toEqual([
      'GlomopayServerError',
      'GlomopayApiError',
      'GlomopayError',
      'Error',
    ]);
    expect(Reflect.ownKeys(error)).not.toContain(CLASSES);
  });

  it('does not take two classes of a host for one because they share a name', () => {
    const refusal = () => class CheckoutError extends GlomopayApiError {};
    const [One, Other] = [refusal(), refusal()];
    expect(new One(details) instanceof One).toBe(true);
    expect(new One(details) instanceof Other).toBe(false);
    expect(new One(details) instanceof GlomopayApiError).toBe(true);
    expect(new GlomopayApiError(details) instanceof One).toBe(false);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'GlomopayError'],
    ['a plain error', new Error('GlomopayError')],
    ['one with the name alone', Object.assign(new Error('x'), { name: 'GlomopayError' })],
    ['names that are no list', { [CLASSES]: 'GlomopayError' }],
    ['an empty list', foreign()],
    [
      'parsed JSON',
      JSON.parse('{"name":"GlomopayError","nestjs-glomopay:classes":["GlomopayError"]}'),
    ],
  ])('does not hold for %s', (_, value) => {
    expect(value instanceof GlomopayError).toBe(false);
  });
});
