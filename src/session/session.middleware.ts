import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import { ShopSettings } from '../config/shop-settings.js';
import { type NextHandler, type ShopRequest, type ShopResponse } from '../http/shop-request.js';
import { readSession, startSession } from './session-cookie.js';
import { rememberSession } from './session.decorator.js';

/** Gives a browser without a session a new one. Used where a purchase may start. */
@Injectable()
export class SessionMiddleware implements NestMiddleware<ShopRequest, ShopResponse> {
  constructor(@Inject(ShopSettings) private readonly settings: ShopSettings) {}

  use(request: ShopRequest, response: ShopResponse, next: NextHandler): void {
    rememberSession(request, readSession(request) ?? startSession(response, this.settings.isHttps));
    next();
  }
}
