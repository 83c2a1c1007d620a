import type { SandboxAccount } from '../account.js';
import type { Book } from '../books/book.js';
import type { Moves } from '../books/lifecycle.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Balances } from '../money/balances.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import { creditedAmount } from './charged-amount.js';
import type { Payment, PaymentRecord } from './payment.js';

/** Where the money of a payment is: not paid, usable at once, held, or usable after it was held. */
export type Funds = 'none' | 'at_once' | 'held' | 'funds_available';

/** Only money that was held is told of: `payment.funds_available`. */
export const FUNDS_MOVES: Moves<Funds> = {
  none: ['at_once', 'held'],
  at_once: [],
  held: ['funds_available'],
  funds_available: [],
};

export function fundsOf({ payment, fundsHeld }: PaymentRecord): Funds {
  if (payment.status !== 'success') return 'none';
  if (!fundsHeld) return 'at_once';
  return payment.funds_available ? 'funds_available' : 'held';
}

/** What crediting works on. */
export interface FundsContext extends Pick<ResourceKit, 'publish' | 'clock'> {
  readonly payments: Book<PaymentRecord>;
  readonly account: SandboxAccount;
  readonly balances: Balances;
}

/**
 * Adds the money of a successful payment to the merchant's: to what is on its way while it is held. A
 * top-up goes to the Funded Balance, where there is one.
 */
export function creditFunds(payment: Payment, context: Omit<FundsContext, 'payments'>): void {
  const { account, balances, clock, publish } = context;
  const money = creditedAmount(payment);
  if (!payment.funds_available) return balances.credit(money, 'pending');
  const isFunding = payment.payin_type === 'add_funds' && account.fundedBalance;
  balances.credit(money, isFunding ? 'funded' : 'primary');
  if (!isFunding) return;
  // INFERRED but for the id and the time.
  const data = { payment_id: payment.id, timestamp: timestamp(clock), ...money };
  publish({ entityType: 'balance', eventType: 'balance.funded_balance.credited', data });
}

/** Makes held money usable. @throws {GatewayError} 400 with the text in `error` alone; nothing is done. */
export function releaseFunds(record: PaymentRecord, context: FundsContext): PaymentRecord {
  const { id, payment } = record;
  const { payments, account, balances, clock } = context;
  const obstacle = obstacleOf(record, account);
  if (obstacle !== undefined) throw new GatewayError(400, { error: obstacle });
  const released = { ...payment, funds_available: true, updated_at: timestamp(clock) };
  payments.move(id, { payment: released });
  balances.debit(creditedAmount(payment), 'pending');
  creditFunds(released, context);
  return payments.find(id);
}

/** The texts are an older description's; in which order they are checked is INFERRED. */
export function obstacleOf(
  {
    payment,
    isRemittance = false,
  }: {
    readonly payment: Pick<Payment, 'status' | 'compliance_status' | 'funds_available'>;
    readonly isRemittance?: boolean;
  },
  account: Pick<SandboxAccount, 'fundsMockForLrsOnly' | 'directSettlement'>,
): string | undefined {
  if (payment.status !== 'success') return 'Payment must be in success status';
  if (account.fundsMockForLrsOnly && !isRemittance) return 'Payment must be from LRS gateway';
  if (account.directSettlement) return 'Payment must not have direct settlement enabled';
  // INFERRED: the money of what compliance has rejected goes back.
  if (payment.compliance_status === 'rejected') return 'No transaction found for payment';
  return payment.funds_available ? 'Transaction already has funds available' : undefined;
}
