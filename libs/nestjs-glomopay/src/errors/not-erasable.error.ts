import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

const words = {
  open: 'it still waits for its outcome; ask again when it has one',
  needs_person: 'a person has to look at it; close it with resolve() first',
  watched:
    'milestones after its outcome are still to be told; ask again when it is watched no longer',
  event_waits: 'an event of it is open or parked; have it handled, or purge it, first',
} as const;

/**
 * Why nothing of a person was forgotten:
 * - `open`: a movement still waits for its outcome;
 * - `needs_person`: somebody has to look at one first;
 * - `watched`: one has its outcome, and milestones after it are still to be told;
 * - `event_waits`: an event is open or parked, and its handlers need it.
 */
export type GlomopayErasureFault = keyof typeof words;

/**
 * What is known of a person cannot be forgotten now, because a movement of money is not over. The members
 * name that movement, and the message what to do. Nothing of it was forgotten.
 */
@Named('GlomopayNotErasableError')
export class GlomopayNotErasableError extends GlomopayError {
  override readonly code = 'GLOMOPAY_NOT_ERASABLE';
  override readonly outcome = 'not_sent';
  readonly kind: string;
  readonly requestId: string;
  /** Where the record stands. */
  readonly state: string;

  constructor(
    readonly fault: GlomopayErasureFault,
    { kind, requestId, state }: Pick<GlomopayNotErasableError, 'kind' | 'requestId' | 'state'>,
  ) {
    super(`The ${kind} was not erased: ${words[fault]}.`);
    this.kind = kind;
    this.requestId = requestId;
    this.state = state;
  }
}
