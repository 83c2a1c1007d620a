import type { FastifyInstance } from 'fastify';
import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import type { Clock } from '../time/clock.js';
import { MAX_OLD_KEY_VALID_FOR_MS } from './key-ring.js';
import type { KeyRing } from './key-ring.js';

const MAX_SECONDS = MAX_OLD_KEY_VALID_FOR_MS / 1000;

/** `POST /api-keys/rotate`: the new secret key, and until when the one before it is good. */
export function rotationRoute(
  api: FastifyInstance,
  { keys, clock }: { readonly keys: KeyRing; readonly clock: Clock },
): void {
  api.post('/api-keys/rotate', (request) => {
    const validForMs = readSeconds(jsonFields(request)) * 1000;
    const previous_key_expires_at = new Date(clock.now() + validForMs).toISOString();
    return keys.rotate(validForMs).then((secret_key) => ({ secret_key, previous_key_expires_at }));
  });
}

/** Both texts about the number are documented. */
function readSeconds(fields: Fields): number {
  fields.require('expire_after_in_seconds');
  const seconds = fields.any('expire_after_in_seconds');
  if (seconds === undefined) {
    fields.finish();
    return 0;
  }
  if (typeof seconds !== 'number' || !Number.isInteger(seconds)) {
    throw GatewayError.validation(['Expire after in seconds must be an integer']);
  }
  if (seconds < 0 || seconds > MAX_SECONDS) {
    throw GatewayError.validation([`Expire after in seconds must be between 0 and ${MAX_SECONDS}`]);
  }
  fields.finish();
  return seconds;
}
