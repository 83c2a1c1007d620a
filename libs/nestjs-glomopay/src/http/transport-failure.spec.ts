import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import { provesUnsent, TransportFailure } from './transport-failure.js';

function aSystemError(code: string, syscall?: string): Error {
  return Object.assign(new Error(`${syscall ?? ''} ${code}`), { code, syscall });
}

describe('provesUnsent', () => {
  it.each([
    ['ECONNREFUSED', 'connect'],
    ['EHOSTUNREACH', 'connect'],
    ['ENETUNREACH', 'connect'],
    ['ENOTFOUND', 'getaddrinfo'],
    ['EAI_AGAIN', 'getaddrinfo'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', undefined],
    ['CERT_HAS_EXPIRED', undefined],
    ['ERR_TLS_CERT_ALTNAME_INVALID', undefined],
  ])('holds for %s of %s', (code, syscall) => {
    expect(provesUnsent(aSystemError(code, syscall))).toBe(true);
  });

  it.each([
    ['ECONNRESET', 'connect'],
    ['ECONNRESET', 'read'],
    ['EPIPE', 'write'],
    ['ETIMEDOUT', 'connect'],
    ['ETIMEDOUT', 'read'],
    ['ECONNREFUSED', 'write'],
    ['ECONNREFUSED', undefined],
    ['EHOSTUNREACH', 'read'],
    ['ENETUNREACH', 'write'],
    ['ENOTFOUND', undefined],
    ['ECONNABORTED', 'connect'],
    ['HPE_INVALID_CONSTANT', undefined],
    ['ERR_SSL_WRONG_VERSION_NUMBER', undefined],
    ['EPROTO', undefined],
    ['EADDRNOTAVAIL', 'connect'],
    ['constructor', 'toString'],
  ])('does not hold for %s of %s', (code, syscall) => {
    expect(provesUnsent(aSystemError(code, syscall))).toBe(false);
  });

  it.each([undefined, null, 'ECONNREFUSED', {}, new Error('no code'), new AggregateError([])])(
    'does not hold for %p',
    (thrown) => {
      expect(provesUnsent(thrown)).toBe(false);
    },
  );

  it('holds for several addresses only where it holds for each', () => {
    const refused = aSystemError('ECONNREFUSED', 'connect');
    expect(provesUnsent(new AggregateError([refused, refused]))).toBe(true);
    expect(provesUnsent(new AggregateError([refused, aSystemError('ECONNRESET', 'read')]))).toBe(
      false,
    );
  });
});

describe('TransportFailure', () => {
  it('carries name, code and system call of its cause, and nothing else', () => {
    const thrown = Object.assign(aSystemError('ECONNRESET', 'read'), {
      request: { body: '4111111111111111' },
      address: '10.0.0.1',
    });
    thrown.message = 'read ECONNRESET 4111111111111111';
    const failure = new TransportFailure('connection', false, thrown);
    expect(failure.cause).toMatchObject({ code: 'ECONNRESET', syscall: 'read', name: 'Error' });
    expect(inspect(failure, { depth: 12, showHidden: true })).not.toMatch(/4111|10\.0\.0\.1/);
  });

  it('takes no text for a code that is not one', () => {
    const thrown = Object.assign(new Error('x'), {
      code: '4111 1111',
      syscall: 'a b',
      name: 'N N',
    });
    expect(new TransportFailure('connection', false, thrown).cause).toMatchObject({
      code: 'UNKNOWN',
      name: 'Error',
      message: 'UNKNOWN',
    });
  });
});
