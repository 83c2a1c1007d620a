import { LRS_BANKS } from './lrs/banks.js';
import type { LrsSettings } from './lrs/banks.js';
import { PAYMENT_METHODS } from './orders/order.js';
import type { PaymentMethod } from './orders/order.js';
import { FIRST_LINK_STATUSES } from './payment-links/payment-link.js';
import type { FirstLinkStatus } from './payment-links/payment-link.js';
import { DEFAULT_PURPOSE_CODE, PAYIN_PURPOSE_CODES } from './orders/purpose-codes.js';
import type { PostPaymentScreening } from './screening/screening.js';

/**
 * What the merchant's account can do, and how it behaves where the documentation leaves it open. A
 * test may change it at any time; a value that makes no sense is a `TypeError`. Every default is
 * INFERRED.
 */
export interface SandboxAccount {
  /**
   * Whether the other checks of a create (customer, order, paid already) run before the one for a
   * used `request_id`, so that a repeat is refused in their words. The real order is not documented.
   * @defaultValue false
   */
  duplicateCheckLast: boolean;
  /** Whether a new order is `action_required` until a passport has come. @defaultValue false */
  orderReview: boolean;
  /**
   * What a new payment link begins with: `under_review` until it is mocked reviewed, `action_required`
   * until a passport has come. @defaultValue 'active'
   */
  linkStatus: FirstLinkStatus;
  /** Whether less than the whole payment can be given back. @defaultValue true */
  partialRefunds: boolean;
  /** Whether a new beneficiary is `pending` until it is mocked reviewed. @defaultValue false */
  beneficiaryReview: boolean;
  /** Whether payouts wait in a queue, which is released four times an hour. @defaultValue false */
  payoutQueueing: boolean;
  /** Whether a payout is `pending_approval` until it is approved in the dashboard. @defaultValue false */
  makerChecker: boolean;
  /** Whether a new refund is `action_required` until a passport has come. @defaultValue false */
  refundReview: boolean;
  /**
   * Whether the check for a used `request_id` of a refund runs before those of the payment's state and
   * of what is left of it. It is documented that these run first. @defaultValue false
   */
  refundDuplicateCheckFirst: boolean;
  /** Whether a sanctions hit is found only after the payment, by kind. @defaultValue neither */
  screening: PostPaymentScreening;
  /** Whether there is a Funded Balance. @defaultValue false */
  fundedBalance: boolean;
  /** Whether the money of a transfer is usable only once its bank says so. @defaultValue false */
  transferFundsHeld: boolean;
  /**
   * Whether `mock-funds-available` is for remittances only, as an older description says; the newer
   * one uses it for other payments too. @defaultValue false
   */
  fundsMockForLrsOnly: boolean;
  /**
   * Whether `mock-funds-available` is refused as where payments are settled without the balance. Here
   * they are credited to it all the same. @defaultValue false
   */
  directSettlement: boolean;
  /**
   * Whether customers have a bank account that they pay from. No mocked transfer says from which account
   * it comes, so none is held for it. @defaultValue false
   */
  tpv: boolean;
  /** The banks by which residents of India may remit; with any there is LRS. @defaultValue none */
  lrs: LrsSettings;
  /** The methods that are enabled, which an order offers unless it names some. @defaultValue all */
  paymentMethods: readonly PaymentMethod[];
  /** Notes that must be sent. @defaultValue none */
  requiredNotes: readonly string[];
  /** The splits that orders, links, subscriptions and payments may name; any other is unknown. @defaultValue none */
  splits: readonly string[];
  /** Whether an invoice number must be sent. @defaultValue false */
  invoiceRequired: boolean;
  /** What an order has without a purpose code of its own. @defaultValue 'P1401' */
  defaultPurposeCode: string;
}

const INITIAL: SandboxAccount = {
  duplicateCheckLast: false,
  orderReview: false,
  linkStatus: 'active',
  partialRefunds: true,
  beneficiaryReview: false,
  payoutQueueing: false,
  makerChecker: false,
  refundReview: false,
  refundDuplicateCheckFirst: false,
  screening: { card: false, transfer: false },
  fundedBalance: false,
  transferFundsHeld: false,
  fundsMockForLrsOnly: false,
  directSettlement: false,
  tpv: false,
  lrs: { banks: [] },
  paymentMethods: PAYMENT_METHODS,
  requiredNotes: [],
  splits: [],
  invoiceRequired: false,
  defaultPurposeCode: DEFAULT_PURPOSE_CODE,
};

/** What a setting may be. */
interface Rule {
  readonly text: string;
  readonly accepts: (value: unknown) => boolean;
}

const FLAG: Rule = { text: 'true or false', accepts: (value) => typeof value === 'boolean' };

/** Those that are no flag. */
const RULES: ReadonlyMap<string, Rule> = new Map<keyof SandboxAccount, Rule>([
  [
    'linkStatus',
    {
      text: FIRST_LINK_STATUSES.join(', '),
      accepts: (value) => isOneOf(FIRST_LINK_STATUSES, value),
    },
  ],
  ['screening', { text: '{ card, transfer }, both true or false', accepts: isScreening }],
  [
    'lrs',
    {
      text: `{ banks }, of ${[...LRS_BANKS.keys()].join(', ')}`,
      accepts: isLrs,
    },
  ],
  ['paymentMethods', { text: 'a list of payment methods', accepts: isMethods }],
  ['requiredNotes', { text: 'a list of names', accepts: isTexts }],
  ['splits', { text: 'a list of ids', accepts: isTexts }],
  [
    'defaultPurposeCode',
    { text: 'a payin purpose code', accepts: (value) => isOneOf(PAYIN_PURPOSE_CODES, value) },
  ],
]);

/**
 * The settings of an account, each checked when it is set.
 *
 * @throws {TypeError} for a setting that there is not, or a value that makes no sense.
 */
export function newAccount(settings: Partial<SandboxAccount>): SandboxAccount {
  const account = new Proxy<SandboxAccount>(structuredClone(INITIAL), {
    set(target, name, value) {
      assertSetting(String(name), value);
      return Reflect.set(target, name, Object.freeze(structuredClone(value)));
    },
  });
  changeAccount(account, settings);
  return account;
}

/** Changes all of the settings, or none. @throws {TypeError} as above. */
export function changeAccount(account: SandboxAccount, settings: object): void {
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  for (const [name, value] of given) assertSetting(name, value);
  Object.assign(account, Object.fromEntries(given));
}

function assertSetting(name: string, value: unknown): void {
  if (!Object.hasOwn(INITIAL, name)) {
    throw new TypeError(`An account has these settings: ${Object.keys(INITIAL).join(', ')}`);
  }
  const { text, accepts } = RULES.get(name) ?? FLAG;
  if (!accepts(value)) throw new TypeError(`account.${name} must be ${text}`);
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((text) => typeof text === 'string' && text.trim());
}

function isLrs(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { banks, ...others } = Object.fromEntries(Object.entries(value));
  if (!Array.isArray(banks) || Object.keys(others).length > 0) return false;
  return banks.every((bank) => isOneOf([...LRS_BANKS.keys()], bank));
}

function isMethods(value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0) return false;
  const isEachOnce = new Set(value).size === value.length;
  return isEachOnce && value.every((method) => isOneOf(PAYMENT_METHODS, method));
}

function isOneOf(allowed: readonly string[], value: unknown): boolean {
  return allowed.some((candidate) => candidate === value);
}

function isScreening(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const flags = new Map<string, unknown>(Object.entries(value));
  return flags.size === 2 && ['card', 'transfer'].every((k) => typeof flags.get(k) === 'boolean');
}
