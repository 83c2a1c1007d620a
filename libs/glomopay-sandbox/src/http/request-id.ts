import type { Fields } from './fields.js';

/** Reads the duplicate guard (docs/gateway.md, Request ids). INFERRED limit: that of payouts. */
export function readRequestId(fields: Fields): string | null {
  return fields.has('request_id') ? fields.requiredText('request_id', { maxLength: 64 }) : null;
}
