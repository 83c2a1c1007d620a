import { GlomopayValidationError } from '../errors/validation.error.js';
import { idPrefixes, isId, type IdKind } from '../values/ids.js';

declare const checked: unique symbol;

/** An id that {@link checkedId} has seen. No other text can be put into a path. */
export type CheckedId = string & { readonly [checked]: true };

/**
 * An id that may go into a path. Anything else could leave the path (`..`, `%2e`, `?`) or ask for
 * another resource.
 *
 * @throws {GlomopayValidationError} it is not an id of the kind; nothing was sent.
 */
export function checkedId(kind: IdKind, value: unknown): CheckedId {
  if (isId(kind, value)) return value as CheckedId;
  throw new GlomopayValidationError(`id of a ${kind}`, [
    {
      path: 'id',
      rule: 'isGlomopayId',
      message: `must be an id that starts with ${idPrefixes[kind]}_`,
    },
  ]);
}

/**
 * A segment of a path that is perhaps an id of a kind that is not known here.
 *
 * @throws {GlomopayValidationError} a server could read it otherwise than it is written.
 */
export function checkedSegment(value: string): CheckedId {
  if (/^[A-Za-z0-9_-]{1,128}$/.test(value)) return value as CheckedId;
  throw new GlomopayValidationError('request', [
    { path: 'path', rule: 'isPath', message: 'must consist of letters, digits, _ and -' },
  ]);
}
