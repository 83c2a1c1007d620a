import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  Logger,
  NotFoundException,
  UnauthorizedException,
} from '@nestjs/common';
import { AttemptCounter } from '../http/attempt-counter.js';
import type { ShopRequest, ShopResponse } from '../http/shop-request.js';
import { ShopProblem } from '../problems/shop-problem.js';
import { passwordOf } from './basic-credentials.js';
import { OperationsAccess } from './operations-access.js';

const WRONG_PASSWORDS_PER_MINUTE = 5;

/**
 * Lets operators pass. After a few wrong passwords an address has to wait, the right one included:
 * otherwise guessing could go on while it waits.
 */
@Injectable()
export class OperationsGuard implements CanActivate {
  readonly #access: OperationsAccess;
  readonly #logger = new Logger(OperationsGuard.name);
  readonly #wrong = new AttemptCounter(WRONG_PASSWORDS_PER_MINUTE);

  constructor(@Inject(OperationsAccess) access: OperationsAccess) {
    this.#access = access;
  }

  canActivate(context: ExecutionContext): boolean {
    if (!this.#access.isPossible) {
      throw new NotFoundException();
    }
    const http = context.switchToHttp();
    const request = http.getRequest<ShopRequest>();
    const keys = [`address ${request.ip ?? request.socket.remoteAddress ?? 'unknown'}`];
    const waitSeconds = this.#wrong.waitSeconds(keys);
    if (waitSeconds !== undefined) {
      throw ShopProblem.withMessage(429, 'Too many wrong passwords. Please wait.', waitSeconds);
    }
    const { authorization } = request.headers;
    // A browser asks without a password first; that is no wrong one.
    if (authorization !== undefined) {
      const password = passwordOf(authorization);
      if (password !== undefined && this.#access.admits(password)) {
        return true;
      }
      this.#wrong.spend(keys);
      this.#logger.warn('A wrong password was given for the operations page');
    }
    http
      .getResponse<ShopResponse>()
      .setHeader('WWW-Authenticate', 'Basic realm="Operations", charset="UTF-8"');
    throw new UnauthorizedException();
  }
}
