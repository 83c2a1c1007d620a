/** What the buyer's bank decides. */
export type BankDecision = 'approve' | 'decline';

/** The outcome of a decision, which is another word for it. */
export type ScriptedOutcome = 'success' | 'failed';

const DECISION_OF: ReadonlyMap<string, BankDecision> = new Map([
  ['approve', 'approve'],
  ['decline', 'decline'],
  ['success', 'approve'],
  ['failed', 'decline'],
]);

/** @throws {TypeError} when it is no word for a decision. */
export function decisionOf(word: BankDecision | ScriptedOutcome): BankDecision {
  const decision = DECISION_OF.get(word);
  if (decision !== undefined) return decision;
  throw new TypeError(`A bank decides: ${[...DECISION_OF.keys()].join(', ')}`);
}
