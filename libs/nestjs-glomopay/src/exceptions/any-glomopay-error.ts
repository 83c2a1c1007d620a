import { isGlomopayError } from '../errors/glomopay.error.js';
import { Named } from '../errors/named.decorator.js';

/**
 * What `@Catch()` is given: Nest asks by `instanceof`, and an error may come from another copy of the
 * library (the other module format, a second version).
 */
@Named('AnyGlomopayError')
export abstract class AnyGlomopayError {
  static [Symbol.hasInstance](value: unknown): boolean {
    return isGlomopayError(value);
  }
}
