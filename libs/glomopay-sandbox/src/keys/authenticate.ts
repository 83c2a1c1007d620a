import type { FastifyInstance } from 'fastify';
import { GatewayError } from '../http/gateway-error.js';
import type { KeyRing } from './key-ring.js';

const REFUSED = 'Auth token expired or invalid';

/** Lets a request through only with an active secret key as its bearer token. */
export function authenticate(app: FastifyInstance, keys: KeyRing): void {
  app.addHook('onRequest', async (request) => {
    const token = bearerToken(request.headers.authorization);
    if (token === undefined) throw GatewayError.unauthorized('Missing token');
    // Rejected at the gateway's edge, whose 401 may have only `message`; the text is INFERRED.
    if (/^(test|live|mock)_/.test(token)) throw new GatewayError(401, { message: REFUSED });
    if (!keys.isActive(token)) throw GatewayError.unauthorized(REFUSED);
  });
}

/** The token, `''` for any other kind of credentials, `undefined` when there are none. */
function bearerToken(header: string | undefined): string | undefined {
  if (!header?.trim() || /^Bearer\s*$/i.test(header)) return undefined;
  return /^Bearer +(\S+)$/i.exec(header)?.[1] ?? '';
}
