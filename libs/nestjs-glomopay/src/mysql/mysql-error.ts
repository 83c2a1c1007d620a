import { insideError } from '../tracking/store/sql/connections/inside-error.js';

const DUPLICATE_KEY = 1062;
const DEADLOCK = 1213;
/** MariaDB: a row has changed since the snapshot of the transaction (`innodb_snapshot_isolation`). */
const ROW_HAS_CHANGED = 1020;
const PACKET_TOO_LARGE = 1153;
/** States 22 and 23, for which Prisma's driver adapter has a name of its own, and then shows no state. */
const NAMED_BY_PRISMA = [DUPLICATE_KEY, 1048, 1263, 1264, 1406, 1451, 1452];
const SYNTAX = 1064;
const IN_A_TRANSACTION = 1568;
const NO_SUCH_SAVEPOINT = 1305;
/** A server that is `read_only`; InnoDB that is; a transaction that is. */
const WITHOUT_WRITES = [1290, 1836, 1792];
/** Of a database, a table, a column. */
const DENIED = [1044, 1142, 1143];

/** The number of an error of the server, however deep a database library wraps it. */
function errnoOf(thrown: unknown): number | undefined {
  return insideError(thrown, (error) => {
    const errno: unknown = Reflect.get(error, 'errno');
    if (typeof errno === 'number' && errno > 0) return errno;
    // The driver adapter of Prisma keeps it as a text.
    const code: unknown = Reflect.get(error, 'originalCode');
    return typeof code === 'string' && /^\d{4}$/.test(code) ? Number(code) : undefined;
  });
}

/** Rolled back because of another transaction, all of it: it can be done again. */
export function isConflict(thrown: unknown): boolean {
  return [DEADLOCK, ROW_HAS_CHANGED].includes(errnoOf(thrown) ?? 0);
}

export function isDuplicate(thrown: unknown): boolean {
  return errnoOf(thrown) === DUPLICATE_KEY;
}

/** The account lacks a right. */
export function isDenied(thrown: unknown): boolean {
  return DENIED.includes(errnoOf(thrown) ?? 0);
}

/** What the connection leads to takes no writes (any more): a primary that has become a replica. */
export function takesNoWrites(thrown: unknown): boolean {
  return WITHOUT_WRITES.includes(errnoOf(thrown) ?? 0);
}

/** The server does not know what was written: nothing of it has run. */
export function isNotUnderstood(thrown: unknown): boolean {
  return errnoOf(thrown) === SYNTAX;
}

/** A transaction was open already on the connection: whoever had it before has left it so. */
export function isInTransaction(thrown: unknown): boolean {
  return errnoOf(thrown) === IN_A_TRANSACTION;
}

export function isNoSavepoint(thrown: unknown): boolean {
  return errnoOf(thrown) === NO_SUCH_SAVEPOINT;
}

/** Refused because of what a row holds: data, constraint, size, or a trigger of the host (`SIGNAL`). */
export function blamesRow(thrown: unknown): boolean {
  const errno = errnoOf(thrown) ?? 0;
  if (errno === PACKET_TOO_LARGE || NAMED_BY_PRISMA.includes(errno)) return true;
  const state = insideError(thrown, (error) => {
    // Prisma's driver adapter says `state` where it has no name of its own for an error.
    for (const member of ['sqlState', 'state']) {
      const own: unknown = Reflect.get(error, member);
      if (typeof own === 'string' && own.length === 5) return own;
    }
    return undefined;
  });
  return /^(22|23|45)/.test(state ?? '');
}
