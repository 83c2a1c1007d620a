import { GlomopayValidationError, type GlomopayViolation } from '../../errors/validation.error.js';
import { looksSecret } from '../../logging/secret-like.js';
import { isStorable } from '../store/storable.js';
import { resolutions } from '../store/tracked-row.js';
import type { TrackedResolution } from '../store/tracked-record.js';

/** Longest note and longest name, in UTF-16 code units. */
const MOST_OF_NOTE = 1_000;
const MOST_OF_NAME = 100;

/** How a person closes a record that no machine could. */
export interface MovementResolution {
  /**
   * - `acknowledged`: seen, and left as it is. A later witness may still bring the outcome;
   * - `succeeded`, `failed`: settles it by hand. The outcome handlers run, once;
   * - `refunded`: the money went back. Nobody will hear of a success.
   *
   * `acknowledged` and `refunded` run no outcome handler: the host's reference may have been paid by
   * another record, or may have been told its outcome before.
   */
  readonly as: TrackedResolution;
  /** Why, for whoever reads the history. At most 1000 characters; no card number. */
  readonly note: string;
  /** Who, as the host calls its people. One line of at most 100 characters. */
  readonly by: string;
}

/**
 * What a person has said, checked.
 *
 * @throws {GlomopayValidationError} a word that is none, or a text that must not or cannot be kept.
 */
export function checkedResolution(
  given: Readonly<Record<keyof MovementResolution, unknown>>,
): MovementResolution {
  const violations: GlomopayViolation[] = [];
  const as = resolutions.find((known) => known === given.as);
  const note = checkedText('note', given.note, MOST_OF_NOTE, violations);
  const by = checkedText('by', given.by, MOST_OF_NAME, violations);
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(by)) {
    violations.push({ path: 'by', rule: 'isLine', message: 'must be one line of text' });
  }
  if (as === undefined) {
    const message = `must be one of ${resolutions.join(', ')}`;
    throw new GlomopayValidationError('resolution', [
      { path: 'as', rule: 'isIn', message },
      ...violations,
    ]);
  }
  if (violations.length > 0) throw new GlomopayValidationError('resolution', violations);
  return { as, note, by };
}

function checkedText(
  path: string,
  given: unknown,
  most: number,
  violations: GlomopayViolation[],
): string {
  const text = typeof given === 'string' ? given : '';
  const faults = [
    [text.trim() === '', 'isNotEmpty', 'must be a text that is not empty'],
    [text.length > most, 'maxLength', `must have at most ${most} characters`],
    [!isStorable(text), 'isStorable', 'must be well-formed Unicode without NUL'],
    [
      looksSecret(text),
      'isNoSecret',
      'must not hold what looks like a card number (12 digits or more), a security code or a key: name the payment by its id',
    ],
  ] as const;
  for (const [isBroken, rule, message] of faults) {
    if (isBroken) violations.push({ path, rule, message });
  }
  return text;
}
