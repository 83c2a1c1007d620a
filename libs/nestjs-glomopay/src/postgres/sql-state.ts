/** Where database libraries keep the error that they wrap: `pg`, TypeORM, Sequelize, Prisma, Drizzle. */
const WRAPPED = ['original', 'parent', 'driverError', 'meta', 'driverAdapterError', 'cause'];

/** The classes of Postgres; Node's `EPIPE` and Prisma's `P2010` look alike. */
const SQLSTATE = /^(?:\d[0-9A-Z]|F0|HV|P0|XX)[0-9A-Z]{3}$/;
const DEPTH = 6;

/** The SQLSTATE of a failure, however deep a database library wraps it. */
export function sqlStateOf(thrown: unknown): string | undefined {
  return found(thrown, DEPTH);
}

function found(error: unknown, depth: number): string | undefined {
  if (typeof error !== 'object' || error === null || depth === 0) return undefined;
  for (const member of ['code', 'originalCode']) {
    const code: unknown = Reflect.get(error, member);
    if (typeof code === 'string' && SQLSTATE.test(code)) return code;
  }
  for (const member of WRAPPED) {
    const state = found(Reflect.get(error, member), depth - 1);
    if (state !== undefined) return state;
  }
  return undefined;
}

/** Rolled back because of what a row holds: data, constraint, limit, or a trigger of the host. */
export function blamesRow(thrown: unknown): boolean {
  return /^(22|23|54|P0)/.test(sqlStateOf(thrown) ?? '');
}
