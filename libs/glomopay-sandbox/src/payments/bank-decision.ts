/** What the buyer's bank decides. */
export type BankDecision = 'approve' | 'decline';

/** Another word for a decision: the outcome that it has with most cards. */
export type BankDecisionAlias = 'success' | 'failed';

export const BANK_DECISIONS = ['approve', 'decline'] as const;

const DECISION_OF: ReadonlyMap<string, BankDecision> = new Map([
  ['approve', 'approve'],
  ['decline', 'decline'],
  ['success', 'approve'],
  ['failed', 'decline'],
]);

/** @throws {TypeError} when it is no word for a decision. */
export function decisionOf(word: BankDecision | BankDecisionAlias): BankDecision {
  const decision = DECISION_OF.get(word);
  if (!decision) throw new TypeError(`A bank decides: ${[...DECISION_OF.keys()].join(', ')}`);
  return decision;
}

/** Any code in the gateway's spelling: those that we know are not all (docs/gateway.md, Payment statuses). */
const ERROR_CODE = /^[A-Z][A-Z0-9_]{1,63}$/;

/** @throws {TypeError} when it does not look like a code. */
export function assertErrorCode(code: string | undefined): void {
  if (code !== undefined && !ERROR_CODE.test(code)) {
    throw new TypeError('An error code is capital letters, digits and underscores');
  }
}
