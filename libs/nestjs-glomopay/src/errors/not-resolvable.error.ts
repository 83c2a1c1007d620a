import { GlomopayError } from './glomopay.error.js';
import { Named } from './named.decorator.js';

const words = {
  open: 'it still waits for its outcome, and the sweeper looks again',
  needs_nobody: 'it has ended, and needs nobody',
  resolved: 'somebody has closed it already',
  outcome_stands: 'its outcome was told and never changes; acknowledged or refunded is possible',
  not_asked_for: 'nobody has asked for it; acknowledged or refunded is possible',
  paid_already: 'another record of the same order has succeeded',
  left_to_others:
    'this process lacks handlers that have to hear of it; close it in one that has them',
} as const;

/**
 * Why a record was not closed by hand:
 * - `open`: it still waits for its outcome;
 * - `needs_nobody`: it has ended and nobody has to look at it;
 * - `resolved`: somebody has closed it already, perhaps at the same time;
 * - `outcome_stands`: its outcome was told to handlers and never changes;
 * - `not_asked_for`: it stands for a payment that nobody asked for, so it has no outcome to tell;
 * - `paid_already`: another record of the same order has succeeded;
 * - `left_to_others`: this process lacks handlers that have to hear of the outcome.
 */
export type GlomopayResolutionFault = keyof typeof words;

/** What stands, of a record that was not closed. */
export interface StandingRecord {
  readonly kind: string;
  readonly requestId: string;
  readonly state: string;
  readonly reason: string | null;
  readonly resolution: string | null;
  readonly resolvedBy: string | null;
}

/**
 * A record cannot be closed by hand in this way, or not any more. Nothing was written, no handler has
 * run; the members say what stands.
 */
@Named('GlomopayNotResolvableError')
export class GlomopayNotResolvableError extends GlomopayError implements StandingRecord {
  override readonly code = 'GLOMOPAY_NOT_RESOLVABLE';
  override readonly outcome = 'not_sent';
  readonly kind: string;
  readonly requestId: string;
  /** Where the record stands. */
  readonly state: string;
  /** Why it stands there. */
  readonly reason: string | null;
  /** How somebody has closed it; null when nobody has. */
  readonly resolution: string | null;
  /** Who that was. */
  readonly resolvedBy: string | null;

  constructor(
    readonly fault: GlomopayResolutionFault,
    as: string,
    { kind, requestId, state, reason, resolution, resolvedBy }: StandingRecord,
  ) {
    super(`The ${kind} was not closed as ${as}: ${words[fault]}.`);
    this.kind = kind;
    this.requestId = requestId;
    this.state = state;
    this.reason = reason;
    this.resolution = resolution;
    this.resolvedBy = resolvedBy;
  }
}
