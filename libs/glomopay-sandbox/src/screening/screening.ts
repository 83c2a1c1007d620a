/** How a payer pays, as far as screening is concerned. */
export type ScreenedKind = 'card' | 'transfer';

/** For which kinds of payment money is screened after it was paid. */
export type PostPaymentScreening = Readonly<Record<ScreenedKind, boolean>>;

/**
 * What screening says. `held`: paid, but compliance asks first (`compliance_status`
 * `action_required`, an RFI, settlement held). `sanction_hit`: not paid, `action_required` with
 * `SANCTION_HIT`, no RFI.
 */
export type ScreeningResult = 'clear' | 'held' | 'sanction_hit';

/** Who pays what. */
export interface Screened {
  readonly kind: ScreenedKind;
  /** Minor units, as requested. */
  readonly amount: number;
  /** Of the customer, or the beneficiary. */
  readonly names: readonly string[];
}

/** Minor units, any currency (docs/gateway.md, Test cards and amount 6623). */
const SANCTIONED_AMOUNT = 6623;

const SANCTIONED_NAMES: ReadonlySet<string> = new Set([
  'jexru7',
  'nerqu8',
  'havku9',
  'dexru6',
  'renvak4',
  // The `remitter_name` of a mock transfer, by an older description.
  'sanctioned_entity',
]);

/** Whether a name is one of those that force a hit, in any letter case. */
export function isSanctionedName(name: string): boolean {
  return SANCTIONED_NAMES.has(name.trim().toLowerCase());
}

/** Screens a payment. It decides only; whoever asks acts. */
export function screen(
  { kind, amount, names }: Screened,
  afterPayment: PostPaymentScreening,
): ScreeningResult {
  if (amount !== SANCTIONED_AMOUNT && !names.some(isSanctionedName)) return 'clear';
  return afterPayment[kind] ? 'held' : 'sanction_hit';
}
