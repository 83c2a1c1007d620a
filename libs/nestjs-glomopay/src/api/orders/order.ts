import type { CustomerId, OrderId } from '../../values/ids.js';

/** Status of an order; `paid`, `failed`, `cancelled` and (nearly always) `expired` are final. */
export type OrderStatus =
  | 'active'
  | 'action_required'
  | 'under_review'
  | 'paid'
  | 'failed'
  | 'cancelled'
  | 'expired'
  | (string & {});

/** A way to pay that an order offers. */
export type PaymentMethodName = 'bank_transfer' | 'pay_via_bank' | 'card' | (string & {});

/** A document that the gateway wants before it accepts an order. */
export interface RfiDocumentRequirement {
  readonly rfiDocId: string | null;
  /** The document wanted, such as `Passport`. */
  readonly name: string | null;
}

/** The request to collect one payment, as the gateway records it. */
export interface Order {
  readonly id: OrderId;
  readonly customerId: CustomerId;
  readonly status: OrderStatus;
  /** Minor units of `currency`. */
  readonly amount: number;
  readonly currency: string;
  readonly documentId: string | null;
  readonly purposeCode: string | null;
  readonly invoiceNumber: string | null;
  readonly invoiceDescription: string | null;
  /** Minor units of `currency`. */
  readonly invoiceAmount: number | null;
  readonly referenceNumber: string | null;
  readonly product: { readonly name: string | null; readonly description: string | null } | null;
  readonly notes: Readonly<Record<string, string>> | null;
  readonly paymentMethods: readonly PaymentMethodName[];
  /** Only while the status is `action_required`. */
  readonly rfiDocuments: readonly RfiDocumentRequirement[];
  readonly requestId: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** The whole object as the gateway sent it, unknown members included. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** An order that a create returned. */
export interface CreatedOrder extends Order {
  /** True when the `requestId` had been used before and the earlier order is given back. */
  readonly replayed: boolean;
}
