import type { GlomopayViolation } from '../../errors/validation.error.js';
import { STRAY } from './stray.js';

/**
 * The rules that the `requestId` of every intent keeps.
 *
 * @param what One of its kind: `payment`.
 */
export function requestIdViolations(requestId: string, what: string): readonly GlomopayViolation[] {
  if (requestId === '') {
    const message = `must be given for a tracked ${what}; derive it from your record`;
    return [{ path: 'requestId', rule: 'isDefined', message }];
  }
  if (!requestId.startsWith(STRAY)) return [];
  const message = `must not begin with ${STRAY}, which names ${what}s that nobody asked for`;
  return [{ path: 'requestId', rule: 'isFree', message }];
}

/** The rules for what is expected of a movement. */
export function expectationViolations(
  amount: number,
  currency: string,
): readonly GlomopayViolation[] {
  const violations: GlomopayViolation[] = [];
  if (!Number.isSafeInteger(amount) || amount < 1) {
    const message = 'must be a whole number of minor units, 1 or more';
    violations.push({ path: 'amount', rule: 'isMinorUnits', message });
  }
  if (!/^[A-Z]{3}$/.test(currency)) {
    violations.push({ path: 'currency', rule: 'isCurrency', message: 'must be an ISO 4217 code' });
  }
  return violations;
}
