import type { TrackedRecord } from '../store/tracked-record.js';

const GROWTH = 1.5;

/** Where the host takes the rounds itself; else the first pause is as long as that between rounds. */
const FIRST_PAUSE_MS = 10_000;

/** The first pause of what is settled within minutes. */
export function firstPauseBetween({ everyMs }: { readonly everyMs: number }): number {
  return everyMs || FIRST_PAUSE_MS;
}

/** How long the sweeper goes on asking about a kind of movement before a person has to look. */
export interface CheckPlan {
  /** From a change of a record, or its intent, to the first look. Milliseconds. */
  readonly firstCheckMs: number;
  /** Pause after a first look; each further one is half as long again. Milliseconds. */
  readonly firstPauseMs: number;
  /** Longest pause between two looks. Milliseconds. */
  readonly longestPauseMs: number;
  /**
   * When it ends: after so many looks, where an outcome is a matter of hours; at an age, where it takes
   * days and a bank sets the pace.
   */
  readonly ends: { readonly afterChecks: number } | { readonly afterMs: number };
}

/** The pause after a look, in milliseconds. */
export function pauseAfter(plan: CheckPlan, { checks }: Pick<TrackedRecord, 'checks'>): number {
  return Math.min(plan.longestPauseMs, plan.firstPauseMs * GROWTH ** checks);
}

/** Tells whether the look that has just been taken was the last one. */
export function isSpent(
  { ends }: CheckPlan,
  { checks }: Pick<TrackedRecord, 'checks'>,
  ageMs: number,
): boolean {
  return 'afterChecks' in ends ? checks >= ends.afterChecks : ageMs >= ends.afterMs;
}
