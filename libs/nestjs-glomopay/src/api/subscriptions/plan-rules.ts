import { rule } from '../../wire/rule.js';

/* Rules between the members of a plan (docs/gateway.md, Subscriptions). An absent member breaks none. */

const MONTHS_OF_YEAR = 12;
const LONGEST_PLAN_YEARS = 30;

/** The members that the rules look at. */
interface Plan {
  readonly intervalType?: unknown;
  readonly intervalCount?: unknown;
}

/** A yearly plan is charged every year, and not every third. */
export function FitsInterval(): PropertyDecorator {
  return rule(
    'fitsInterval',
    (value, { intervalType }: Plan) => intervalType !== 'year' || value === 1,
    'must be 1 where intervalType is year',
  );
}

/** No plan is longer than 30 years. */
export function WithinThirtyYears(): PropertyDecorator {
  return rule(
    'withinThirtyYears',
    (value, plan: Plan) => typeof value !== 'number' || value <= mostCycles(plan),
    `must not go beyond ${LONGEST_PLAN_YEARS} years`,
  );
}

/** A plan that you charge starts with its first payment. */
export function StartsWithCharge(): PropertyDecorator {
  return rule(
    'startsWithCharge',
    (value, { intervalType }: Plan) => intervalType !== 'as_presented' || value !== false,
    'must be true where intervalType is as_presented',
  );
}

function mostCycles({ intervalType, intervalCount }: Plan): number {
  if (intervalType === 'year') return LONGEST_PLAN_YEARS;
  const months = typeof intervalCount === 'number' ? intervalCount : 1;
  return (LONGEST_PLAN_YEARS * MONTHS_OF_YEAR) / months;
}
