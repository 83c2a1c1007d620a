import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { ShopSettings } from '../config/shop-settings.js';
import { ShopProblem } from '../problems/shop-problem.js';
import type { ShopRequest } from './shop-request.js';

/** Lets a request pass only from a page of this shop. Browsers always name the origin of a POST. */
@Injectable()
export class SameOriginGuard implements CanActivate {
  readonly #settings: ShopSettings;
  constructor(@Inject(ShopSettings) settings: ShopSettings) {
    this.#settings = settings;
  }

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<ShopRequest>();
    const site = headers['sec-fetch-site'];
    const isOurs =
      headers.origin === this.#settings.publicUrl && (site === undefined || site === 'same-origin');
    if (!isOurs) {
      throw ShopProblem.withMessage(
        403,
        'Only a page of this shop can do this: the Origin header must be its public address.',
      );
    }
    return true;
  }
}
