import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import { ShopSettings } from '../config/shop-settings.js';
import type { NextHandler, ShopRequest, ShopResponse } from '../http/shop-request.js';
import { readSession, startSession } from './session-cookie.js';
import { rememberSession } from './session.decorator.js';

/** Gives a browser without a session a new one. Used where a purchase may start. */
@Injectable()
export class SessionMiddleware implements NestMiddleware<ShopRequest, ShopResponse> {
  readonly #settings: ShopSettings;
  constructor(@Inject(ShopSettings) settings: ShopSettings) {
    this.#settings = settings;
  }

  use(request: ShopRequest, response: ShopResponse, next: NextHandler): void {
    rememberSession(
      request,
      readSession(request) ?? startSession(response, this.#settings.isHttps),
    );
    next();
  }
}
