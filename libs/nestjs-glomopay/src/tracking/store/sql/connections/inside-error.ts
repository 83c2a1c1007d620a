/** Where database libraries keep the error that they wrap: drivers, TypeORM, Sequelize, Prisma, Drizzle. */
const WRAPPED = ['original', 'parent', 'driverError', 'meta', 'driverAdapterError', 'cause'];
const DEPTH = 6;

/** What a failure says about itself, however deep a database library wraps it. */
export function insideError<T>(
  thrown: unknown,
  read: (error: object) => T | undefined,
  depth = DEPTH,
): T | undefined {
  if (typeof thrown !== 'object' || thrown === null || depth === 0) return undefined;
  const own = read(thrown);
  if (own !== undefined) return own;
  for (const member of WRAPPED) {
    const inner = insideError(Reflect.get(thrown, member), read, depth - 1);
    if (inner !== undefined) return inner;
  }
  return undefined;
}
