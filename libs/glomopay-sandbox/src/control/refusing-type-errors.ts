import { GatewayError } from '../http/gateway-error.js';

/**
 * Does what a caller from outside asked for.
 *
 * @throws {GatewayError} 400 with the message, when what was asked for makes no sense.
 */
export function refusingTypeErrors<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (error instanceof TypeError) throw GatewayError.badRequest(error.message);
    throw error;
  }
}
