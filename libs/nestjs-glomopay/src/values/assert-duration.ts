import { GlomopayValidationError } from '../errors/validation.error.js';

/**
 * Refuses a duration that a timer cannot keep: `NaN`, `Infinity` and anything above 2^31 ms fire at
 * once, which would give up a request that was just sent.
 *
 * @throws {GlomopayValidationError} it is out of range; nothing was sent.
 */
export function assertDuration(
  subject: string,
  option: string,
  value: unknown,
  [least, most]: readonly [number, number],
): void {
  if (value === undefined) return;
  if (typeof value === 'number' && value >= least && value <= most) return;
  throw new GlomopayValidationError(subject, [
    { path: option, rule: 'range', message: `must be ${least} to ${most} milliseconds` },
  ]);
}
