import type { Operation } from './operation.js';
import type { FailedResult } from './gateway-call.js';
import type { FailedVerdict, Verdict } from './verdict.js';

/**
 * - `harmless`: a read, or a write of which a second one does no harm;
 * - `guarded`: a create that the gateway recognises when it is sent again;
 * - `converging`: a change that ends in the same state, however often it is sent;
 * - `repeating`: a write that the gateway would carry out twice.
 */
export type CallKind = 'harmless' | 'guarded' | 'converging' | 'repeating';

/** What follows an attempt. */
export type NextStep = 'return' | 'retry' | 'stop' | 'look_up' | 'look_once' | 'read_if_unknown';

/**
 * What follows each kind of attempt, for each kind of call. The one place where this is decided.
 *
 * A write that would be carried out twice is sent again only while it is proven that nothing has
 * happened: it never left, or the gateway refused it for now. When the attempts of a guarded create
 * are used up with one of them unknown, the object is looked up; of a change, it is read. A refusal of
 * a guarded create is believed after one look only: the gateway may check other things before the
 * `request_id` (docs/gateway.md, Order of checks), so a repeat of a create that succeeded can be
 * refused in any words. A refusal of a change is believed unless an attempt before it may have arrived:
 * what is paused already cannot be paused.
 */
export const retryPolicy: Readonly<
  Record<CallKind, Readonly<Record<Verdict<unknown>['kind'], NextStep>>>
> = {
  harmless: {
    answered: 'return',
    aborted: 'stop',
    held: 'stop',
    unsent: 'retry',
    throttled: 'retry',
    busy: 'retry',
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
    busy: 'retry',
    unknown: 'retry',
    duplicate: 'look_up',
    rejected: 'look_once',
    denied: 'stop',
  },
  converging: {
    answered: 'return',
    aborted: 'stop',
    held: 'stop',
    unsent: 'retry',
    throttled: 'retry',
    busy: 'retry',
    unknown: 'retry',
    duplicate: 'stop',
    rejected: 'read_if_unknown',
    denied: 'stop',
  },
  repeating: {
    answered: 'return',
    aborted: 'stop',
    held: 'stop',
    unsent: 'retry',
    throttled: 'retry',
    busy: 'retry',
    unknown: 'stop',
    duplicate: 'stop',
    rejected: 'stop',
    denied: 'stop',
  },
};

/** The kind of a call. A create that the gateway would recognise by a `request_id` needs to have one. */
export function callKind(operation: Operation, requestId: string | undefined): CallKind {
  const { method, repeat = method === 'GET' ? 'nothing' : 'again', duplicate, guard } = operation;
  if (repeat === 'nothing') return 'harmless';
  if (repeat === 'converges') return 'converging';
  const isRecognisable = guard === 'nature' || requestId !== undefined;
  return duplicate !== undefined && isRecognisable ? 'guarded' : 'repeating';
}

/** How likely the object is there although no answer brought it; `no`: nobody looks. */
export function lookUpAfter(
  next: NextStep,
  kind: CallKind,
  decisive: FailedVerdict,
): FailedResult['lookUp'] {
  if (next === 'look_up') return 'certainly';
  if (kind !== 'guarded' && kind !== 'converging') return 'no';
  if (decisive.kind === 'unknown') return decisive.aborted ? 'no' : 'perhaps';
  if (kind === 'converging') return 'no';
  const isRefused = decisive.kind === 'rejected' && next === 'look_once';
  return isRefused || decisive.kind === 'busy' ? 'unlikely' : 'no';
}
