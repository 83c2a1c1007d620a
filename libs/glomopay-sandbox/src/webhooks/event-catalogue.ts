/**
 * Every event the gateway documents, by the entity it is about (docs/gateway.md, Webhook catalogue).
 * Mind the plural of `orders`.
 */
export const eventCatalogue = {
  payment: [
    'in_progress',
    'success',
    'failed',
    'action_required',
    'under_review',
    'funds_available',
    'compliance_action_required',
    'compliance_under_review',
    'compliance_approved',
    'compliance_rejected',
    'credited_to_beneficiary',
  ],
  payment_link: [
    'active',
    'paid',
    'expired',
    'cancelled',
    'failed',
    'action_required',
    'under_review',
  ],
  orders: ['paid', 'expired', 'cancelled', 'failed', 'action_required', 'under_review'],
  refund: ['success', 'failed', 'action_required', 'utr.updated'],
  payout: [
    'pending_approval',
    'queued',
    'in_progress',
    'action_required',
    'success',
    'failed',
    'cancelled',
  ],
  settlement: [
    'pending_approval',
    'queued',
    'in_progress',
    'action_required',
    'success',
    'failed',
    'cancelled',
  ],
  beneficiary: ['active', 'rejected'],
  internal_transfer: ['success'],
  subscription: [
    'active',
    'authorized',
    'paused',
    'halted',
    'completed',
    'cancelled',
    'expired',
    'failed',
    'action_required',
    'under_review',
    'updated',
    'payment_method.updated',
  ],
  virtual_account: ['active', 'inactive', 'disabled'],
  balance: ['balance.funded_balance.credited'],
  kyc_journey: [
    'initiated',
    'in_progress',
    'action_required',
    'under_review',
    'completed',
    'failed',
    'rejected',
    'expired',
  ],
  merchant: ['pending', 'action_required', 'success', 'failed', 'offboarded'],
  amc_folio_transaction: ['allotment_pending', 'folio_allotted', 'units_allotted', 'failed'],
  webhook_test: ['test'],
} as const;

export type WebhookEntityType = keyof typeof eventCatalogue;

const NAMES: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(eventCatalogue));

export function isInCatalogue(entityType: string, eventType: string): boolean {
  return NAMES.get(entityType)?.includes(eventType) ?? false;
}
