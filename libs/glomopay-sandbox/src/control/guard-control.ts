import type { FastifyInstance, FastifyRequest } from 'fastify';
import { GatewayError } from '../http/gateway-error.js';
import { isLoopback } from '../http/loopback.js';

/**
 * Keeps web pages away from the control routes, which hand out keys.
 *
 * A page on another site can reach a loopback port through its visitor's browser, also under its
 * own host name (DNS rebinding). So the `Host` must be this machine's or the bound one, and an
 * `Origin`, if there is one, must be the sandbox's own.
 */
export function guardControl(app: FastifyInstance, boundHost: string): void {
  app.addHook('onRequest', async (request) => {
    if (!isOwnHost(request.headers.host, boundHost) || isCrossSite(request)) {
      throw GatewayError.forbidden('Control requests must come from this machine');
    }
  });
}

function isOwnHost(host: string | undefined, boundHost: string): boolean {
  if (host === undefined || !URL.canParse(`http://${host}`)) return false;
  const { hostname } = new URL(`http://${host}`);
  return isLoopback(hostname) || hostname === boundHost || hostname === `[${boundHost}]`;
}

function isCrossSite({ headers }: FastifyRequest): boolean {
  const { origin, host } = headers;
  if (origin !== undefined && origin !== `http://${host}`) return true;
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
