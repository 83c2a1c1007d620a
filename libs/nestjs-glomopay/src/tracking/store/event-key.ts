import { GlomopayValidationError } from '../../errors/validation.error.js';
import { isStorable } from './storable.js';
import type { EventKey } from './inbox-event.js';

const ID = /^(?:after-)?[0-9a-f]{64}$/;

/** Begins the id of a follow-up. That of a delivery is the bare hash of its body, so none can have it. */
export const FOLLOW_UP = 'after-';

/** Tells whether an event is one of our own, which follows an outcome, and no delivery. */
export function isFollowUpId(id: string): boolean {
  return id.startsWith(FOLLOW_UP);
}

/** Tells whether an event can be stored under the key. Nothing is found under another. */
export function isEventKey({ account, id }: EventKey): boolean {
  return ID.test(id) && isStorable(account);
}

/**
 * Refuses a key under which an event would not be found again.
 *
 * @throws {GlomopayValidationError} nothing was written.
 */
export function assertEventKey({ account, id }: EventKey): void {
  const violations = [];
  if (!ID.test(id)) {
    violations.push({
      path: 'id',
      rule: 'isSha256',
      message: 'must be a SHA-256 in lower-case hex, after `after-` for a follow-up',
    });
  }
  if (!isStorable(account)) {
    const message = 'must be well-formed Unicode without NUL';
    violations.push({ path: 'account', rule: 'isStorable', message });
  }
  if (violations.length > 0) throw new GlomopayValidationError('event', violations);
}
