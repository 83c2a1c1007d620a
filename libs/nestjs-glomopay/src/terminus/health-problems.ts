import type { AccountLook } from './account-look.js';
import type { GatewayProblem } from './gateway-look.js';
import type { HealthConfig } from './health-options.js';
import type { TrackingLook } from './tracking-look.js';

/** What can be wrong with an account. */
export type GlomopayHealthProblem =
  | GatewayProblem
  | 'tracking_unavailable'
  | 'inbox_stuck'
  | 'inbox_open'
  | 'inbox_failed'
  | 'payments_need_attention'
  | 'keys_not_refreshed';

/** Reasons to report down. */
export function downReasons(
  { gateway, tracking }: AccountLook,
  options: HealthConfig,
): readonly GlomopayHealthProblem[] {
  const { problem } = gateway;
  return [
    ...(problem !== undefined && meansDown(problem, options) ? [problem] : []),
    ...(tracking === 'none' ? [] : trackingReasons(tracking, options)),
  ];
}

function meansDown(problem: GatewayProblem, { gatewayOutage }: HealthConfig): boolean {
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
  options: HealthConfig,
): readonly GlomopayHealthProblem[] {
  if (tracking === undefined) return ['tracking_unavailable'];
  const { inbox, payments } = tracking;
  const limits: readonly (readonly [GlomopayHealthProblem, number, number])[] = [
    ['inbox_stuck', inbox.oldestOpenMs ?? 0, options.maxOldestOpenMs],
    ['inbox_open', inbox.open, options.maxOpen],
    ['inbox_failed', inbox.failed, options.maxFailed],
    ['payments_need_attention', payments.needsAttention, options.maxNeedsAttention],
  ];
  return limits.filter(([, count, limit]) => count > limit).map(([reason]) => reason);
}
