/** What the gateway calls it, and how its ids begin. */
export const CUSTOMER = { kind: 'Customer', idPrefix: 'cust' } as const;

/** A payer, as the gateway answers it. */
export interface Customer {
  readonly id: string;
  readonly name: string;
  readonly customer_type: CustomerType;
  readonly email: string;
  readonly phone: string | null;
  readonly dob: string | null;
  readonly nationality: string | null;
  /** Only when a PAN was sent. */
  readonly tax_identification_number?: string;
  readonly address: string;
  readonly city: string;
  readonly state: string;
  readonly country: string;
  readonly pincode: string | null;
  readonly status: 'active';
  readonly created_at: string;
  readonly updated_at: string;
}

export const CUSTOMER_TYPES = ['individual', 'business'] as const;

export type CustomerType = (typeof CUSTOMER_TYPES)[number];

/** An Indian tax number, which the API calls PAN. */
export const PAN_PATTERN = /^[A-Z]{5}\d{4}[A-Z]$/;
