import { isGlomopayError } from '../errors/any-glomopay.error.js';
import { Named } from '../errors/named.decorator.js';

/**
 * What `@Catch()` is given: Nest asks by `instanceof`, and an error may come from another copy of the
 * library (the other module format, a second version).
 */
@Named('CatchGlomopayError')
export abstract class CatchGlomopayError {
  static [Symbol.hasInstance](value: unknown): boolean {
    return isGlomopayError(value);
  }
}
