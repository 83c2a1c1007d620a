import { insideError } from '../tracking/store/sql/connections/inside-error.js';

/** The classes of Postgres; Node's `EPIPE` and Prisma's `P2010` look alike. */
const SQLSTATE = /^(?:\d[0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/;

/** The SQLSTATE of a failure, however deep a database library wraps it. */
export function sqlStateOf(thrown: unknown): string | undefined {
  return insideError(thrown, (error) => {
    for (const member of ['code', 'originalCode']) {
      const code: unknown = Reflect.get(error, member);
      if (typeof code === 'string' && SQLSTATE.test(code)) return code;
    }
    return undefined;
  });
}

/** Rolled back because of what a row holds: data, constraint, limit, or a trigger of the host. */
export function blamesRow(thrown: unknown): boolean {
  return /^(22|23|54|P0)/.test(sqlStateOf(thrown) ?? '');
}

/** What the connection leads to takes no writes (any more): a primary that has become a standby. */
export function takesNoWrites(thrown: unknown): boolean {
  return sqlStateOf(thrown) === '25006';
}
