const FORM = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;
const DAY_MS = 86_400_000;

/**
 * Reads a `before` or `after` filter: ISO 8601, UTC unless it says otherwise.
 *
 * @returns the instant in milliseconds (a bare date is the start or the end of that day), or
 *   `undefined` when it is no valid date.
 */
export function parseInstant(text: string, bareDate: 'start' | 'end'): number | undefined {
  const match = FORM.exec(text);
  const date = match?.[1];
  if (date === undefined) return undefined;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // Date.parse turns 30 February into March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) {
    return undefined;
  }
  if (text === date) return bareDate === 'start' ? midnight : midnight + DAY_MS - 1;
  const instant = Date.parse(match?.[2] === undefined ? `${text}Z` : text);
  return Number.isNaN(instant) ? undefined : instant;
}
