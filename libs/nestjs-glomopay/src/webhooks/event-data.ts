import { beneficiaryShape, type BeneficiarySnapshot } from '../api/beneficiaries/beneficiary.js';
import { orderShape, type OrderSnapshot } from '../api/orders/order.js';
import { paymentLinkShape, type PaymentLinkSnapshot } from '../api/payment-links/payment-link.js';
import { paymentShape, type PaymentSnapshot } from '../api/payments/payment.js';
import { payoutShape, type PayoutSnapshot } from '../api/payouts/payout.js';
import { refundShape, type RefundSnapshot } from '../api/refunds/refund.js';
import { settlementShape, type SettlementSnapshot } from '../api/settlements/settlement.js';
import { subscriptionShape, type SubscriptionSnapshot } from '../api/subscriptions/subscription.js';
import {
  virtualAccountShape,
  type VirtualAccountSnapshot,
} from '../api/virtual-accounts/virtual-account.js';
import type { WireObject } from '../wire/wire-object.js';
import { balanceShape, type BalanceSnapshot } from './balance.snapshot.js';
import { opaqueShape, type OpaqueSnapshot } from './opaque.snapshot.js';

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
    payment: paymentShape.snapshot,
    payment_link: paymentLinkShape.snapshot,
    orders: orderShape.snapshot,
    refund: refundShape.snapshot,
    payout: payoutShape.snapshot,
    settlement: settlementShape.snapshot,
    beneficiary: beneficiaryShape.snapshot,
    subscription: subscriptionShape.snapshot,
    virtual_account: virtualAccountShape.snapshot,
    balance: balanceShape.snapshot,
  } satisfies Record<keyof DocumentedData, (object: WireObject) => GlomopayEventData>),
);

/** Reads the object of an event. Never fails: an odd member is null. */
export function decodeEventData(entityType: string, object: WireObject): GlomopayEventData {
  return (decoders.get(entityType) ?? opaqueShape.snapshot)(object);
}
