import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { ShopRequest } from '../http/shop-request.js';
import { readSession, type SessionHash } from './session-cookie.js';

const started = new WeakMap<ShopRequest, SessionHash>();

/** Notes a session that starts with this request, before the browser has its cookie. */
export function rememberSession(request: ShopRequest, session: SessionHash): void {
  started.set(request, session);
}

/** The session of a request: the one it brought, or the one that starts with it. */
export function sessionOf(request: ShopRequest): SessionHash | undefined {
  return started.get(request) ?? readSession(request);
}

/** The session of the browser behind a route, or `undefined`. */
export const Session = createParamDecorator((_: unknown, context: ExecutionContext) =>
  sessionOf(context.switchToHttp().getRequest<ShopRequest>()),
);
