import { types } from 'node:util';
import type { Row } from '../row.js';
import { UnreadableRowError } from '../unreadable-row.error.js';

/** Reads bytes, in whatever a driver gives them: a `Buffer`, a `Uint8Array` or an `ArrayBuffer`. */
export function bytes(row: Row, column: string): Buffer {
  const value = row[column];
  if (types.isUint8Array(value)) return Buffer.from(value);
  if (types.isArrayBuffer(value)) return Buffer.from(value);
  throw new UnreadableRowError(column);
}
