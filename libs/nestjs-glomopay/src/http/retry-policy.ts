import type { Operation } from './operation.js';
import type { Verdict } from './verdict.js';

/**
 * - `read`: changes nothing at the gateway, or nothing that a second time does harm;
 * - `guarded`: a create with a `request_id`, which the gateway recognises when it is sent again;
 * - `unguarded`: a write that the gateway would carry out twice.
 */
export type CallKind = 'read' | 'guarded' | 'unguarded';

/** What follows an attempt. */
export type NextStep = 'return' | 'retry' | 'stop' | 'look_up' | 'look_once';

/**
 * What follows each kind of attempt, for each kind of call. The one place where this is decided.
 *
 * A write without a `request_id` is sent again only while it is proven that nothing has happened:
 * it never left, or the gateway refused it for now. When the attempts of a guarded create are used
 * up with one of them unknown, the object is looked up. A refusal of one is believed after one look
 * only: the gateway may check other things before the `request_id` (docs/gateway.md, Order of checks), so a repeat
 * of a create that succeeded can be refused in any words.
 */
export const retryPolicy: Readonly<
  Record<CallKind, Readonly<Record<Verdict<unknown>['kind'], NextStep>>>
> = {
  read: {
    answered: 'return',
    aborted: 'stop',
    held: 'stop',
    unsent: 'retry',
    throttled: 'retry',
    unknown: 'retry',
    duplicate: 'stop',
    rejected: 'stop',
    denied: 'stop',
  },
  guarded: {
    answered: 'return',
    aborted: 'stop',
    held: 'stop',
    unsent: 'retry',
    throttled: 'retry',
    unknown: 'retry',
    duplicate: 'look_up',
    rejected: 'look_once',
    denied: 'stop',
  },
  unguarded: {
    answered: 'return',
    aborted: 'stop',
    held: 'stop',
    unsent: 'retry',
    throttled: 'retry',
    unknown: 'stop',
    duplicate: 'stop',
    rejected: 'stop',
    denied: 'stop',
  },
};

/** The kind of a call. */
export function callKind(operation: Operation, requestId: string | undefined): CallKind {
  if (operation.method === 'GET' || operation.repeat === 'nothing') return 'read';
  return operation.duplicate !== undefined && requestId !== undefined ? 'guarded' : 'unguarded';
}
