import type { CallSecret } from '../../logging/scrub.js';
import { isObject } from '../../values/is-object.js';

/** Members that hold the number of a bank account: `account_number`, `receiver_account_number`, `iban`. */
export const BANK_ACCOUNT_MEMBER = /^(?:[a-z_]+_)?(?:account_number|iban)$/;

/** And those with the number of a taxpayer. */
const TAXPAYER_MEMBER = /^(?:pan_number|tax_identification_number)$/;

/**
 * What of a request, however deep, no error may show although the gateway repeats it: what methods of
 * their own hide as well.
 *
 * @param name Of the member that the value is, or is in the list of.
 */
export function personalOf(value: unknown, name = ''): readonly CallSecret[] {
  if (Array.isArray(value)) return value.flatMap((item) => personalOf(item, name));
  if (isObject(value)) {
    return Object.entries(value).flatMap(([member, inner]) => personalOf(inner, member));
  }
  const isPersonal = BANK_ACCOUNT_MEMBER.test(name) || TAXPAYER_MEMBER.test(name);
  const isNumber = typeof value === 'string' || typeof value === 'number';
  return isPersonal && isNumber ? [{ text: String(value), kind: 'personal' }] : [];
}
