import { describe, expect, it } from '@jest/globals';
import { glomopayEvents } from './event-catalogue.js';

/** The gateway's catalogue (docs/gateway.md, Webhook catalogue), written out a second time. */
const CATALOGUE = `
payment: in_progress, success, failed, action_required, under_review, funds_available, compliance_action_required, compliance_under_review, compliance_approved, compliance_rejected, credited_to_beneficiary
payment_link: active, paid, expired, cancelled, failed, action_required, under_review
orders: paid, expired, cancelled, failed, action_required, under_review
refund: success, failed, action_required, utr.updated
payout: pending_approval, queued, in_progress, action_required, success, failed, cancelled
settlement: pending_approval, queued, in_progress, action_required, success, failed, cancelled
beneficiary: active, rejected
internal_transfer: success
subscription: active, authorized, paused, halted, completed, cancelled, expired, failed, action_required, under_review, updated, payment_method.updated
virtual_account: active, inactive, disabled
balance: balance.funded_balance.credited
kyc_journey: initiated, in_progress, action_required, under_review, completed, failed, rejected, expired
merchant: pending, action_required, success, failed, offboarded
amc_folio_transaction: allotment_pending, folio_allotted, units_allotted, failed
webhook_test: test
`;

describe('glomopayEvents', () => {
  it("is the gateway's catalogue, name by name", () => {
    const written = Object.entries(glomopayEvents).map(
      ([entity, events]) => `${entity}: ${events.join(', ')}`,
    );
    expect(written).toEqual(CATALOGUE.trim().split('\n'));
  });

  it('has 79 events of 15 entities, none twice', () => {
    const names = Object.entries(glomopayEvents).flatMap(([entity, events]) =>
      events.map((event) => `${entity}.${event}`),
    );
    expect([Object.keys(glomopayEvents).length, new Set(names).size]).toEqual([15, names.length]);
    expect(names).toHaveLength(79);
  });

  it.each(['orders.active', 'settlement.initiate', 'internal_transfer.failed'])(
    'leaves out %s, which must not be relied on',
    (name) => {
      const [entity, event] = name.split('.');
      const events: readonly string[] = Object.entries(glomopayEvents).find(
        ([known]) => known === entity,
      )?.[1] ?? ['no such entity'];
      expect(events).not.toContain(event);
      expect(events).not.toContain('no such entity');
    },
  );
});
