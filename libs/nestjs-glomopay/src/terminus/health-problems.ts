import type { AccountLook } from './account-look.js';
import type { GatewayProblem } from './gateway-look.js';
import type { GlomopayHealthOptions } from './health-options.js';
import type { TrackingLook } from './tracking-look.js';

/** What can be wrong with an account. */
export type GlomopayHealthProblem =
  | GatewayProblem
  | 'tracking_unavailable'
  | 'inbox_stuck'
  | 'inbox_open'
  | 'inbox_failed'
  | 'payments_need_attention';

const HOUR_MS = 3_600_000;

/** What of a look means that the application is down. */
export function downReasons(
  { gateway, tracking }: AccountLook,
  options: GlomopayHealthOptions,
): readonly GlomopayHealthProblem[] {
  const { problem } = gateway;
  return [
    ...(problem !== undefined && meansDown(problem, options) ? [problem] : []),
    ...(tracking === 'none' ? [] : trackingReasons(tracking, options)),
  ];
}

function meansDown(problem: GatewayProblem, { gatewayOutage }: GlomopayHealthOptions): boolean {
  switch (problem) {
    case 'key_refused':
    case 'access_refused':
      return true;
    case 'gateway_unavailable':
      return gatewayOutage !== 'shown';
    default:
      return false;
  }
}

function trackingReasons(
  tracking: TrackingLook | undefined,
  options: GlomopayHealthOptions,
): readonly GlomopayHealthProblem[] {
  if (tracking === undefined) return ['tracking_unavailable'];
  const { inbox, payments } = tracking;
  const limits: readonly (readonly [GlomopayHealthProblem, number, number])[] = [
    ['inbox_stuck', inbox.oldestOpenMs ?? 0, options.maxOldestOpenMs ?? HOUR_MS],
    ['inbox_open', inbox.open, options.maxOpen ?? Infinity],
    ['inbox_failed', inbox.failed, options.maxFailed ?? Infinity],
    ['payments_need_attention', payments.needsAttention, options.maxNeedsAttention ?? Infinity],
  ];
  // This way round a limit that is no number counts as passed.
  return limits.filter(([, count, limit]) => !(count <= limit)).map(([reason]) => reason);
}
