/**
 * Every event of the gateway's catalogue, by entity (docs/gateway.md, Webhook catalogue). Names are
 * the gateway's own, odd ones too: orders are plural, and the event of a balance begins with its
 * entity again.
 */
export const glomopayEvents = {
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

/** What an event of the catalogue is about. */
export type GlomopayEntityType = keyof typeof glomopayEvents;

/** The full name of an event of the catalogue: `'payment.success'`, `'orders.paid'`. */
export type GlomopayEventName = {
  [Entity in GlomopayEntityType]: `${Entity}.${(typeof glomopayEvents)[Entity][number]}`;
}[GlomopayEntityType];
