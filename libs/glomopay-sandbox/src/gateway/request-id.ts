import type { Fields } from './fields.js';

/** Reads the duplicate guard. INFERRED limit: the one documented for payouts. */
export function readRequestId(fields: Fields): string | null {
  return fields.has('request_id') ? fields.requiredText('request_id', { maxLength: 64 }) : null;
}
