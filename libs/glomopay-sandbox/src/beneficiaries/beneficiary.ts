/** What the gateway calls it, and how its ids begin. */
export const BENEFICIARY = { kind: 'Beneficiary', idPrefix: 'bene' } as const;

export const BENEFICIARY_CATEGORIES = ['payout', 'lrs'] as const;
export const BENEFICIARY_TYPES = ['individual', 'business'] as const;

/** Pending only where the account reviews. */
export type BeneficiaryStatus = 'pending' | 'active' | 'rejected';

/** Who is paid, as the gateway answers it. */
export interface Beneficiary {
  readonly id: string;
  readonly name: string;
  readonly type: (typeof BENEFICIARY_TYPES)[number];
  readonly category: (typeof BENEFICIARY_CATEGORIES)[number];
  readonly status: BeneficiaryStatus;
  readonly email: string | null;
  readonly phone: string | null;
  readonly nickname: string;
  readonly address: Address;
  readonly bank_account: BeneficiaryBankAccount | null;
  readonly upi_account: { readonly upi_id: string } | null;
  readonly documents: readonly string[];
  readonly notes: Readonly<Record<string, string>> | null;
  readonly created_at: string;
  readonly updated_at: string;
}

export interface Address {
  readonly address_line1: string;
  readonly address_line2: string | null;
  readonly city: string;
  readonly state: string;
  readonly country_code: string;
  readonly postal_code: string | null;
}

export interface BeneficiaryBankAccount {
  readonly account_number: string;
  readonly name: string;
  readonly swift_code: string | null;
  readonly local_routing_number: string | null;
  readonly currency: string;
  readonly address: Address | null;
  readonly intermediate_bank: object | null;
}
