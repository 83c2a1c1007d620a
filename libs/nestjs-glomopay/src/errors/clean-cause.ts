/**
 * A fresh error that says what the system said and nothing else: name, code, system call.
 *
 * Errors of HTTP clients and of Node's own `http` carry requests, sockets and buffers with the key
 * and the card in them; none of those may become the `cause` of an error that a host can log.
 */
export function cleanCause(thrown: unknown): Error {
  const code = word(thrown, 'code') ?? 'UNKNOWN';
  const syscall = word(thrown, 'syscall');
  const cause = new Error(syscall === undefined ? code : `${syscall} ${code}`);
  cause.name = word(thrown, 'name') ?? 'Error';
  return Object.assign(cause, { code }, syscall === undefined ? {} : { syscall });
}

/** A member that is one plain identifier, such as `ECONNRESET` or `getaddrinfo`. */
function word(thrown: unknown, member: 'code' | 'name' | 'syscall'): string | undefined {
  if (typeof thrown !== 'object' || thrown === null) return undefined;
  const value = read(thrown, member);
  return typeof value === 'string' && /^[A-Za-z_]{1,64}$/.test(value) ? value : undefined;
}

/** What a getter throws in its turn may quote a value. */
function read(thrown: object, member: string): unknown {
  try {
    return Reflect.get(thrown, member);
  } catch {
    return undefined;
  }
}
