/** The SQLSTATE of a failure, however deep a database library wraps it. */
export function sqlStateOf(thrown: unknown): string | undefined {
  for (let error = thrown, depth = 0; depth < 5; depth += 1) {
    if (typeof error !== 'object' || error === null) return undefined;
    const code: unknown = Reflect.get(error, 'code');
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
    error = Reflect.get(error, 'driverError') ?? Reflect.get(error, 'cause');
  }
  return undefined;
}

/** Rolled back because of what a row holds: data, constraint, limit, or a trigger of the host. */
export function blamesRow(thrown: unknown): boolean {
  return /^(22|23|54|P0)/.test(sqlStateOf(thrown) ?? '');
}
