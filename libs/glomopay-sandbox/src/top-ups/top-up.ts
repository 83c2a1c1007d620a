/** What the gateway calls it, and how its ids begin. */
export const TOP_UP = { kind: 'Top-up', idPrefix: 'addfunds' } as const;

/**
 * Money that the merchant sends to its own balance. It is started in the dashboard, and no call of the
 * API makes, gets or lists one; events about it are those of a payment link. INFERRED members.
 */
export interface TopUp {
  readonly id: string;
  readonly status: TopUpStatus;
  readonly amount: number;
  readonly currency: string;
  readonly created_at: string;
  readonly updated_at: string;
}

export type TopUpStatus = 'active' | 'paid';
