import { fieldLabel } from '../http/field-label.js';
import type { Fields } from '../http/fields.js';
import { dayOf } from './plan.js';
import type { Plan } from './plan.js';
import { INTERVAL_TYPES } from './subscription.js';
import type { IntervalType, Subscription } from './subscription.js';

/** The members of a subscription that say when money is taken. */
export type Terms = Pick<
  Subscription,
  'interval_type' | 'interval_count' | 'billing_cycles' | 'max_amount' | 'start_date'
> & { readonly startsWithFirstPayment: boolean };

const INTERVAL_COUNTS: Readonly<Record<IntervalType, readonly number[]>> = {
  month: [1, 3, 6],
  year: [1],
  as_presented: [],
};
const LONGEST_PLAN_MONTHS = 360;

/** Reads and checks when money is to be taken. All texts are INFERRED but the one about splits. */
export function readTerms(fields: Fields, now: number): Terms {
  const type = fields.oneOf('interval_type', INTERVAL_TYPES);
  fields.require('interval_type');
  const startsWithFirstPayment = fields.flag('starts_with_first_payment');
  fields.require('starts_with_first_payment');
  const read = type === 'as_presented' ? readAsPresented : readFixed;
  const terms = { interval_type: type ?? 'month', ...read(fields, type ?? 'month', now) };
  if (type === 'as_presented' && startsWithFirstPayment === false) {
    fields.problem('Starts with first payment must be true for as_presented subscriptions');
  }
  return { ...terms, startsWithFirstPayment: startsWithFirstPayment ?? true };
}

/** The days of a fixed plan; undefined for one that the merchant charges. */
export function planOf({ interval_count, interval_type, billing_cycles, start_date }: Terms) {
  if (interval_type === 'as_presented' || start_date === null) return undefined;
  const months = (interval_count ?? 1) * monthsOf(interval_type);
  return { anchor: start_date, months, next: 0, left: billing_cycles ?? 0 } satisfies Plan;
}

function monthsOf(type: IntervalType): number {
  return type === 'year' ? 12 : 1;
}

function readAsPresented(fields: Fields) {
  for (const name of ['interval_count', 'billing_cycles', 'start_date']) {
    if (fields.has(name))
      fields.problem(`${fieldLabel('', name)} must be blank for as_presented subscriptions`);
  }
  const max_amount = fields.integer('max_amount', 1) ?? null;
  fields.require('max_amount');
  // They are known fields, refused above in words of their own.
  fields.integer('interval_count', 0);
  fields.integer('billing_cycles', 0);
  fields.date('start_date');
  return { interval_count: null, billing_cycles: null, max_amount, start_date: null };
}

function readFixed(fields: Fields, type: IntervalType, now: number) {
  const interval_count = readIntervalCount(fields, type);
  const billing_cycles = readBillingCycles(fields, interval_count * monthsOf(type));
  const start_date = fields.date('start_date') ?? null;
  fields.require('start_date');
  if (start_date !== null && start_date < dayOf(now)) {
    fields.problem('Start date must be today or in the future');
  }
  if (fields.has('max_amount')) {
    fields.problem('Max amount is only supported for as_presented subscriptions');
  }
  fields.integer('max_amount', 1);
  return { interval_count, billing_cycles, max_amount: null, start_date };
}

function readIntervalCount(fields: Fields, type: IntervalType): number {
  const count = fields.integer('interval_count', 1);
  fields.require('interval_count');
  const allowed = INTERVAL_COUNTS[type];
  if (count !== undefined && count >= 1 && !allowed.includes(count)) {
    fields.problem('Interval count is not included in the list');
  }
  return count !== undefined && allowed.includes(count) ? count : 1;
}

function readBillingCycles(fields: Fields, months: number): number {
  const cycles = fields.integer('billing_cycles', 2);
  fields.require('billing_cycles');
  const most = LONGEST_PLAN_MONTHS / months;
  if (cycles !== undefined && cycles > most) {
    fields.problem(`Billing cycles must be less than or equal to ${most}`);
  }
  return cycles ?? 0;
}
