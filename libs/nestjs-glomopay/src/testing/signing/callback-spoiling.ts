import { oneDigitOff } from './hmac-hex.js';

/** The parameters of a callback, under their names in the address. */
export interface CallbackQuery {
  readonly order_id: string;
  readonly payment_id: string;
  readonly status: string;
  readonly signature: string;
}

/** Parameters of which one may be missing or there twice. */
export type SpoiledQuery = Readonly<Record<string, string | readonly string[]>>;

/**
 * In which one way a callback is spoiled, and what `CallbackSignatureGuard` answers:
 * - `'order'`, `'payment'`, `'status'`: the parameter was changed after it was signed (401);
 * - `'signature'`: one digit of it is another one (401);
 * - `'other-key'`: signed with a key that is not yours (401);
 * - `'missing-signature'`: there is none (400);
 * - `'truncated'`: the last digit of the signature is missing (400);
 * - `'uppercase'`: the signature is in capitals (400);
 * - `'repeated'`: the status is there a second time, as the other one (400);
 * - `'unknown-status'`: genuinely signed, but neither success nor failed (400).
 */
export type CallbackSpoiling = keyof typeof spoilings;

const spoilings = {
  order: (query) => ({ ...query, order_id: `${query.order_id}x` }),
  payment: (query) => ({ ...query, payment_id: `${query.payment_id}x` }),
  status: (query) => ({ ...query, status: otherStatus(query) }),
  signature: (query) => ({ ...query, signature: oneDigitOff(query.signature) }),
  'missing-signature': ({ order_id, payment_id, status }) => ({ order_id, payment_id, status }),
  truncated: (query) => ({ ...query, signature: query.signature.slice(0, -1) }),
  uppercase: (query) => ({ ...query, signature: query.signature.toUpperCase() }),
  repeated: (query) => ({ ...query, status: [query.status, otherStatus(query)] }),
  // Spoiled before they are signed.
  'other-key': (query) => ({ ...query }),
  'unknown-status': (query) => ({ ...query }),
} satisfies Record<string, (query: CallbackQuery) => SpoiledQuery>;

/** @throws {TypeError} there is no such way. */
export function spoilCallback(query: CallbackQuery, spoiled: CallbackSpoiling): SpoiledQuery {
  if (!Object.hasOwn(spoilings, spoiled)) {
    throw new TypeError(`A callback is spoiled as one of: ${Object.keys(spoilings).join(', ')}`);
  }
  return spoilings[spoiled](query);
}

function otherStatus({ status }: CallbackQuery): string {
  return status === 'success' ? 'failed' : 'success';
}
