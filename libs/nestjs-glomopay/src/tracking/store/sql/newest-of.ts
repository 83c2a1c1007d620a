import type { Row } from '../row.js';

/** The newest of several lists of events that are each in order, where a database cannot join them. */
export function newestOf(rows: readonly Row[], limit: number): readonly Row[] {
  return rows
    .toSorted((one, other) => Number(other['received_at']) - Number(one['received_at']))
    .slice(0, limit);
}
