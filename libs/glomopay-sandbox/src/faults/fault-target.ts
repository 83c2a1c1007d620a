import { RoutePattern } from '../http/route-pattern.js';
import { isInCatalogue } from '../webhooks/event-catalogue.js';
import type { FaultName } from './fault.js';

/** What a fault waits for. */
export type FaultTarget =
  | { readonly kind: 'request'; readonly route: RoutePattern }
  | { readonly kind: 'callback' }
  /** Without a type, any webhook. */
  | { readonly kind: 'webhook'; readonly type: string | undefined };

const WEBHOOK_FAULTS: readonly FaultName[] = [
  'webhook-duplicate',
  'webhook-delayed',
  'webhook-reordered',
  'webhook-stale-snapshot',
  'webhook-wrong-signature',
];

const REFUND_FAULTS: readonly FaultName[] = ['refund-locked', 'refund-fails-at-create'];

/** @throws {TypeError} when the route cannot be read, or the fault does not happen to it. */
export function faultTarget(route: string, fault: FaultName): FaultTarget {
  const target = parsed(route);
  if (target.kind !== kindOf(fault)) {
    throw new TypeError(
      "'callback-…' faults belong to the route 'callback', 'webhook-…' faults to 'webhook' or " +
        "'webhook payment.success', all others, with 'webhook-before-answer', to a request",
    );
  }
  if (fault === 'webhook-before-answer') assertCreates(target, '/api/v1/payments', fault);
  if (REFUND_FAULTS.includes(fault)) assertCreates(target, '/api/v1/refunds', fault);
  if (fault === 'payout-fails-at-create') assertCreates(target, '/api/v1/payouts', fault);
  return target;
}

function kindOf(fault: FaultName): FaultTarget['kind'] {
  if (fault === 'callback-with-older-key') return 'callback';
  return WEBHOOK_FAULTS.includes(fault) ? 'webhook' : 'request';
}

function parsed(route: string): FaultTarget {
  if (route === 'callback') return { kind: 'callback' };
  if (route === 'webhook') return { kind: 'webhook', type: undefined };
  const match = /^webhook ([a-z_]+)\.([a-z_.]+)$/.exec(route);
  if (!match) return { kind: 'request', route: RoutePattern.parse(route) };
  const [, entityType = '', eventType = ''] = match;
  if (!isInCatalogue(entityType, eventType)) throw new TypeError('There is no such webhook event');
  return { kind: 'webhook', type: `${entityType}.${eventType}` };
}

function assertCreates(target: FaultTarget, path: string, fault: FaultName): void {
  if (target.kind !== 'request' || !target.route.matches('POST', path)) {
    throw new TypeError(`'${fault}' happens to 'POST ${path}'`);
  }
}
