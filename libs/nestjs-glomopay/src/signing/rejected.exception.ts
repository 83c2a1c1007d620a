import { HttpException } from '@nestjs/common';
import { CLASSES, classNames, isInstanceAcrossCopies } from '../errors/across-copies.js';
import { Named } from '../errors/named.decorator.js';

/** Base of what the guards answer to a message that is not authentic. */
@Named('RejectedException')
export abstract class RejectedException extends HttpException {
  /** @internal */
  protected get [CLASSES](): readonly string[] {
    return classNames(this.constructor);
  }

  /** True for one that the guard of another copy of this library has thrown as well. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return isInstanceAcrossCopies(this, value);
  }
}
