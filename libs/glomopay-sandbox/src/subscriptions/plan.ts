import { monthsLater } from '../time/months.js';

/**
 * The days on which a fixed plan is charged, and how many charges there still are.
 *
 * INFERRED: a day that a month does not have is its last one, and the month after has its own day again;
 * a charge that fails, or a day that passes while the plan is paused, is made up for at the end.
 */
export interface Plan {
  /** The day from which the others are counted, `YYYY-MM-DD`, UTC. */
  readonly anchor: string;
  readonly months: number;
  /** Which day comes next; 0 is the anchor. */
  readonly next: number;
  /** Charges to come. */
  readonly left: number;
}

/** When the gateway charges, every day: 06:30 in India (docs/gateway.md, Subscriptions). */
const RUN_HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** The day of the next charge; null when there is none. */
export function nextDate(plan: Plan): string | null {
  return plan.left > 0 ? dateOf(plan, plan.next) : null;
}

/** The day of the last charge. */
export function lastDate(plan: Plan): string {
  return dateOf(plan, plan.next + plan.left - 1);
}

/** After a charge. */
export function charged(plan: Plan): Plan {
  return { ...plan, next: plan.next + 1, left: plan.left - 1 };
}

/** After a day without one. */
export function passed(plan: Plan): Plan {
  return { ...plan, next: plan.next + 1 };
}

/** The same charges from another day on (INFERRED: those after it follow from it). */
export function movedTo(plan: Plan, date: string): Plan {
  return { ...plan, anchor: date, next: 0 };
}

/** The plan without the days that have passed. */
export function from(plan: Plan, now: number): Plan {
  return runOf(dateOf(plan, plan.next)) > now ? plan : from(passed(plan), now);
}

/** The moment of the run that charges a day: its own, or the first one after a moment later than that. */
export function runAfter(date: string, moment: number): number {
  const due = runOf(date);
  const nextRun = Math.floor((moment - RUN_HOUR_MS) / DAY_MS + 1) * DAY_MS + RUN_HOUR_MS;
  return due > moment ? due : nextRun;
}

/** The day of a moment, UTC. */
export function dayOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, 10);
}

/** So many days or months later; of a month that is too short its last day. */
export function addDays(date: string, days: number): string {
  return dayOf(Date.parse(date) + days * DAY_MS);
}

export function addMonths(date: string, months: number): string {
  return dayOf(monthsLater(Date.parse(date), months));
}

function dateOf({ anchor, months }: Plan, index: number): string {
  return addMonths(anchor, months * index);
}

function runOf(date: string): number {
  return Date.parse(date) + RUN_HOUR_MS;
}
