import type { TrackedChange, TrackedRecord } from '../store/tracked-record.js';

/**
 * What may become of a payment after its success:
 * - `funds_available`: its money can be used; for a remittance only now is it paid;
 * - `compliance_rejected`: compliance has refused it, and the money goes back to the payer;
 * - `compliance_action_required`: compliance asks for something, and holds the money until it has it.
 */
export type Milestone = 'funds_available' | 'compliance_rejected' | 'compliance_action_required';

export const milestones: readonly Milestone[] = [
  'funds_available',
  'compliance_rejected',
  'compliance_action_required',
];

/** What a milestone goes by. */
export type MilestoneFacts = Pick<TrackedRecord, 'state' | 'complianceStatus' | 'fundsAvailable'>;

/** Who hears of milestones. */
export interface MilestoneAudience {
  /** Whether there is anybody; before boot has ended nobody is known. */
  hears(): boolean;
  /** Tells them inside the transaction that records the milestone. */
  tell(milestone: Milestone, record: TrackedRecord, tx: unknown): Promise<void>;
}

/** What a change has brought a record to, which had not come to it before. A success comes first. */
export function milestonesReached(
  before: MilestoneFacts,
  after: MilestoneFacts,
): readonly Milestone[] {
  return milestones.filter((milestone) => has(after, milestone) && !has(before, milestone));
}

/**
 * The same change by a process that must leave milestones to another: the facts that make them wait
 * until that one looks. Undefined when nothing else is new.
 */
export function withoutMilestones(
  record: TrackedRecord,
  change: TrackedChange,
): TrackedChange | undefined {
  const reached = milestonesReached(record, { ...record, ...change });
  if (reached.length === 0) return change;
  const left = new Set<string>(reached.flatMap((milestone) => factsOf[milestone]));
  if (change.reason === 'compliance_rejected') for (const member of NEWS) left.add(member);
  const kept = Object.entries(change).filter(([member]) => !left.has(member));
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** What a rejection says to a person, and what that takes from a record that one has closed. */
const NEWS = ['reason', 'resolution', 'resolvedBy', 'resolutionNote'] as const;

const factsOf = {
  funds_available: ['fundsAvailable'],
  compliance_rejected: ['complianceStatus'],
  compliance_action_required: ['complianceStatus'],
} as const satisfies Record<Milestone, readonly (keyof MilestoneFacts)[]>;

function has(
  { state, complianceStatus, fundsAvailable }: MilestoneFacts,
  what: Milestone,
): boolean {
  if (state !== 'succeeded') return false;
  switch (what) {
    case 'funds_available':
      return fundsAvailable;
    case 'compliance_rejected':
      return complianceStatus === 'rejected';
    case 'compliance_action_required':
      return complianceStatus === 'action_required';
  }
}
