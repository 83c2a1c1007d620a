import type { ExecutionContext } from '@nestjs/common';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';

/**
 * The request of an HTTP route. Elsewhere what comes first is a message, a client or a parent object,
 * and the gateway has signed none of that.
 *
 * @param who The guard or decorator that asks, for the message.
 * @throws {GlomopayConfigurationError} the handler is none of an HTTP route.
 */
export function httpRequestOf(context: ExecutionContext, who: string): object {
  // A test of a host's own may make a context of the one method that guards of HTTP need.
  const type: string = typeof context.getType === 'function' ? context.getType() : 'http';
  const request: unknown = type === 'http' ? context.switchToHttp().getRequest() : undefined;
  if (typeof request === 'object' && request !== null) return request;
  throw new GlomopayConfigurationError([
    `${who} is for routes of a controller over HTTP, and this handler is of type ${type}: the gateway sends a browser or a POST, so receive it in a controller`,
  ]);
}
