import { cleanCause } from '../errors/clean-cause.js';

/** How an attempt ended without an answer. */
export type TransportFault = 'connection' | 'timeout' | 'aborted' | 'too_large' | 'unreadable';

/** System errors that come before a byte of the request can have left, by system call. */
const BEFORE_CONNECT = new Map<string, ReadonlySet<string>>([
  ['connect', new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH'])],
  ['getaddrinfo', new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL', 'EAI_NODATA', 'EAI_NONAME'])],
]);

/** Certificate faults: the handshake ends, and with it the connection, before the request. */
const CERTIFICATE = new Set([
  'CERT_CHAIN_TOO_LONG',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'HOSTNAME_MISMATCH',
  'INVALID_CA',
  'INVALID_PURPOSE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * An attempt that brought no answer. Stays inside the HTTP layer; carries no request and no socket.
 */
export class TransportFailure extends Error {
  constructor(
    readonly fault: TransportFault,
    /** True: it is proven that not a byte of the request left this process. */
    readonly unsent: boolean,
    cause?: unknown,
  ) {
    super(fault, cause === undefined ? {} : { cause: cleanCause(cause) });
  }
}

/**
 * Tells whether a connection error proves that the request was never sent. A closed list: a reset
 * is never in it, not even from the `connect` call, because "closed without reading" and "processed,
 * then closed" look the same from here.
 */
export function provesUnsent(thrown: unknown): boolean {
  if (thrown instanceof AggregateError) {
    return thrown.errors.length > 0 && thrown.errors.every((each) => provesUnsent(each));
  }
  if (typeof thrown !== 'object' || thrown === null) return false;
  const code: unknown = Reflect.get(thrown, 'code');
  if (typeof code !== 'string') return false;
  if (CERTIFICATE.has(code)) return true;
  const syscall: unknown = Reflect.get(thrown, 'syscall');
  return typeof syscall === 'string' && BEFORE_CONNECT.get(syscall)?.has(code) === true;
}
