import type { CustomerId } from '../../values/ids.js';

/** Kind of a payer. */
export type CustomerType = 'individual' | 'business' | (string & {});

/** A payer, as the gateway records them. Made once and used for every order. */
export interface Customer {
  readonly id: CustomerId;
  readonly name: string | null;
  readonly customerType: CustomerType | null;
  readonly email: string | null;
  /** With country code. */
  readonly phone: string | null;
  /** `YYYY-MM-DD`. */
  readonly dob: string | null;
  /** ISO 3166 alpha-3. */
  readonly nationality: string | null;
  /** PAN; on remittance customers only. */
  readonly taxIdentificationNumber: string | null;
  readonly address: string | null;
  readonly city: string | null;
  readonly state: string | null;
  /** ISO 3166 alpha-3; the gateway's casing is not guaranteed. */
  readonly country: string | null;
  readonly pincode: string | null;
  readonly status: string | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string | null;
  readonly updatedAt: string | null;
  /** The whole object as the gateway sent it, unknown members included. */
  readonly raw: Readonly<Record<string, unknown>>;
}
