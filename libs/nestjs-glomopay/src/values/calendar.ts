const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})(?:T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/;

/** Tells whether a text is a day of the calendar, `YYYY-MM-DD`. No clock is asked. */
export function isCalendarDate(value: unknown): value is string {
  if (typeof value !== 'string' || !DATE.test(value)) return false;
  const midnight = Date.parse(`${value}T00:00:00Z`);
  // `Date.parse` turns 30 February into March.
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(value);
}

/**
 * Tells whether a text is a time as the gateway reads one: ISO 8601 with `Z` or an offset, without
 * either it is UTC, or a bare date. ISO 8601 has more forms, such as weeks; the gateway has no word for them.
 */
export function isInstant(value: unknown): value is string {
  return typeof value === 'string' && isCalendarDate(INSTANT.exec(value)?.[1]);
}

/**
 * Tells whether two texts name the same time, as the gateway reads them: without an offset it is UTC, a
 * bare date is the beginning of that day. What is no time equals nothing.
 */
export function isSameInstant(a: unknown, b: unknown): boolean {
  return isInstant(a) && isInstant(b) && milliseconds(a) === milliseconds(b);
}

/**
 * The moment of a text, in milliseconds since 1970, as the gateway reads it: without an offset it is UTC, a
 * bare date is the beginning of that day. Undefined: it names no time.
 */
export function instantMs(value: unknown): number | undefined {
  return isInstant(value) ? milliseconds(value) : undefined;
}

/** `Date.parse` would take a time without an offset for that of this machine. */
function milliseconds(instant: string): number {
  const [, time] = instant.split('T');
  return Date.parse(time === undefined || /Z|[+-]/.test(time) ? instant : `${instant}Z`);
}
