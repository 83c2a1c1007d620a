import type { WireObject } from '../wire/wire-object.js';
import { balanceSnapshot, type BalanceSnapshot } from './snapshots/balance.snapshot.js';
import { beneficiarySnapshot, type BeneficiarySnapshot } from './snapshots/beneficiary.snapshot.js';
import { opaqueSnapshot, type OpaqueSnapshot } from './snapshots/opaque.snapshot.js';
import { orderSnapshot, type OrderSnapshot } from './snapshots/order.snapshot.js';
import {
  paymentLinkSnapshot,
  type PaymentLinkSnapshot,
} from './snapshots/payment-link.snapshot.js';
import { paymentSnapshot, type PaymentSnapshot } from './snapshots/payment.snapshot.js';
import { payoutSnapshot, type PayoutSnapshot } from './snapshots/payout.snapshot.js';
import { refundSnapshot, type RefundSnapshot } from './snapshots/refund.snapshot.js';
import { settlementSnapshot, type SettlementSnapshot } from './snapshots/settlement.snapshot.js';
import {
  subscriptionSnapshot,
  type SubscriptionSnapshot,
} from './snapshots/subscription.snapshot.js';
import {
  virtualAccountSnapshot,
  type VirtualAccountSnapshot,
} from './snapshots/virtual-account.snapshot.js';

/** The entities whose objects are documented. */
interface DocumentedData {
  readonly payment: PaymentSnapshot;
  readonly payment_link: PaymentLinkSnapshot;
  readonly orders: OrderSnapshot;
  readonly refund: RefundSnapshot;
  readonly payout: PayoutSnapshot;
  readonly settlement: SettlementSnapshot;
  readonly beneficiary: BeneficiarySnapshot;
  readonly subscription: SubscriptionSnapshot;
  readonly virtual_account: VirtualAccountSnapshot;
  readonly balance: BalanceSnapshot;
}

/** What an event carries, when it is not known which. */
export type GlomopayEventData = DocumentedData[keyof DocumentedData] | OpaqueSnapshot;

/** What the events of an entity carry: its snapshot, or id and status where it is not documented. */
export type EventDataOf<Entity extends string> = Entity extends keyof DocumentedData
  ? DocumentedData[Entity]
  : string extends Entity
    ? GlomopayEventData
    : OpaqueSnapshot;

const decoders = new Map<string, (object: WireObject) => GlomopayEventData>(
  Object.entries({
    payment: paymentSnapshot,
    payment_link: paymentLinkSnapshot,
    orders: orderSnapshot,
    refund: refundSnapshot,
    payout: payoutSnapshot,
    settlement: settlementSnapshot,
    beneficiary: beneficiarySnapshot,
    subscription: subscriptionSnapshot,
    virtual_account: virtualAccountSnapshot,
    balance: balanceSnapshot,
  } satisfies Record<keyof DocumentedData, (object: WireObject) => GlomopayEventData>),
);

/** Reads the object of an event. Never fails: an odd member is null. */
export function decodeEventData(entityType: string, object: WireObject): GlomopayEventData {
  return (decoders.get(entityType) ?? opaqueSnapshot)(object);
}
