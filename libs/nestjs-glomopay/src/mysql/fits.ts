import { GlomopayValidationError } from '../errors/validation.error.js';
import { ROOM } from './schema.js';

/**
 * Refuses texts that have no room in their column. A session of the host without a strict `sql_mode`
 * would cut them, and what is cut is not found again.
 *
 * @param what For the message: `intent`.
 * @throws {GlomopayValidationError} nothing was written.
 */
export function assertFits(
  what: string,
  texts: Readonly<Record<string, string | null>>,
  room: number = ROOM.id,
): void {
  const violations = Object.entries(texts)
    .filter(([, text]) => text !== null && Buffer.byteLength(text) > room)
    .map(([path]) => ({ path, rule: 'isStorable', message: `must have at most ${room} bytes` }));
  if (violations.length > 0) throw new GlomopayValidationError(what, violations);
}
