import { HttpException } from '@nestjs/common';

interface Problem {
  readonly field: string;
  readonly message: string;
}

/**
 * An answer we wrote ourselves, safe to send as it is. Any other exception is answered by its
 * status alone, because its text may repeat what a browser sent.
 */
export class ShopProblem extends HttpException {
  private constructor(
    status: number,
    readonly errors: readonly Problem[],
    readonly retryAfterSeconds?: number,
  ) {
    super({ errors }, status);
  }

  /** Problems at the fields of a form. */
  static withErrors(status: number, errors: readonly Problem[]): ShopProblem {
    return new ShopProblem(status, errors);
  }

  /** One problem with the request as a whole. */
  static withMessage(status: number, message: string, retryAfterSeconds?: number): ShopProblem {
    return new ShopProblem(status, [{ field: 'form', message }], retryAfterSeconds);
  }
}
