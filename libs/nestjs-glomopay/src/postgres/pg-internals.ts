import { callIn } from '../tracking/store/sql/connections/emitter.js';

/**
 * Ends a client. While a statement is under way, `pg` ends the socket at once, without waiting for
 * the other side.
 */
export function endClient(client: unknown): void {
  Promise.resolve(callIn(client, 'end')).catch(() => undefined);
}
