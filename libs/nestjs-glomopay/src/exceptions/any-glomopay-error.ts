import { isGlomopayError } from '../errors/glomopay.error.js';

/**
 * What `@Catch()` is given: Nest asks by `instanceof`, and an error may come from another copy of the
 * library (the other module format, a second version).
 */
export abstract class AnyGlomopayError {
  static [Symbol.hasInstance](value: unknown): boolean {
    return isGlomopayError(value);
  }
}
