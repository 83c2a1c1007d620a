import type { GlomopayViolation } from '../../errors/validation.error.js';
import { STRAY } from '../movements/stray.js';

/** What is wrong with the amount and the currency that are expected of a payment. */
export function moneyFaults(amount: unknown, currency: unknown): readonly GlomopayViolation[] {
  const faults: GlomopayViolation[] = [];
  if (!Number.isSafeInteger(amount) || Number(amount) < 1) {
    faults.push({
      path: 'amount',
      rule: 'isMinorUnits',
      message: 'must be a whole number of minor units, 1 or more',
    });
  }
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) {
    faults.push({ path: 'currency', rule: 'isCurrency', message: 'must be an ISO 4217 code' });
  }
  return faults;
}

/** What is wrong with the key of a record, which a member of the request gives. */
export function keyFaults(path: string, key: unknown): readonly GlomopayViolation[] {
  if (typeof key !== 'string' || key === '') {
    return [
      {
        path,
        rule: 'isDefined',
        message: 'must be given for a tracked payment; derive it from your record',
      },
    ];
  }
  if (!key.startsWith(STRAY)) return [];
  return [
    {
      path,
      rule: 'isFree',
      message: `must not begin with ${STRAY}, which names payments that nobody asked for`,
    },
  ];
}
