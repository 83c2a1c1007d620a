/** What the gateway calls it. Its ids have no prefix: `VA1001`. */
export const VIRTUAL_ACCOUNT = { kind: 'Virtual Account', idPrefix: 'VA' } as const;

export const VIRTUAL_PAYMENT_TYPES = ['local', 'swift'] as const;

export type VirtualPaymentType = (typeof VIRTUAL_PAYMENT_TYPES)[number];

/** INFERRED: one that is closed is `inactive`; nothing here is `disabled`. */
export type VirtualAccountStatus = 'active' | 'inactive';

/** An account for incoming transfers, as the gateway answers it. */
export interface VirtualAccount {
  readonly account_id: string;
  readonly currency: string;
  readonly account_number: string;
  /** The merchant's. */
  readonly name: string;
  readonly status: VirtualAccountStatus;
  readonly created_at: string;
  readonly updated_at: string;
}

/** An account, and by what it takes money, which the API does not show. */
export interface VirtualAccountRecord {
  readonly id: string;
  readonly created_at: string;
  readonly account: VirtualAccount;
  readonly paymentType: VirtualPaymentType;
}
