import type { HistoryLine, WitnessKind } from './history-line.js';
import type { RowReader } from './readable-rows.js';
import { date, oneOf, optional, text, whole } from './row.js';
import { reasons, states } from './tracked-row.js';

const kinds: readonly WitnessKind[] = [
  'request',
  'callback',
  'webhook',
  'check',
  'sweep',
  'reconciliation',
  'person',
];

/** Reads the history of a movement. */
export const historyLines: RowReader<HistoryLine> = {
  what: 'line of history',
  key: ['version'],
  read: (row) => ({
    at: date(row, 'at'),
    version: whole(row, 'version'),
    from: optional((of, column) => oneOf(states, of, column), row, 'from_state'),
    to: oneOf(states, row, 'to_state'),
    reason: optional((of, column) => oneOf(reasons, of, column), row, 'reason'),
    gatewayStatus: optional(text, row, 'gateway_status'),
    objectId: optional(text, row, 'object_id'),
    witness: { kind: oneOf(kinds, row, 'witness'), id: optional(text, row, 'witness_id') },
    note: optional(text, row, 'note'),
  }),
};
