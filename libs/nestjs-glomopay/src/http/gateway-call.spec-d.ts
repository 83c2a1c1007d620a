import { checkedId } from '../wire/checked-id.js';
import type { GatewayCall } from './gateway-call.js';

/*
 * Checked by the compiler alone: what has to compile compiles, and what has an `@ts-expect-error`
 * before it does not.
 */

const call: Pick<GatewayCall<unknown>, 'operation' | 'decode'> = {
  operation: { method: 'GET', path: '/api/v1/orders/{orderId}' },
  decode: (body) => body,
};
const text: string = 'order_1';

export const checked: GatewayCall<unknown> = {
  ...call,
  ids: { orderId: checkedId('order', text) },
};

export const unchecked: GatewayCall<unknown> = {
  ...call,
  // @ts-expect-error a text that nobody has checked could leave the path
  ids: { orderId: text },
};

export const literal: GatewayCall<unknown> = {
  ...call,
  // @ts-expect-error not even where one sees that it is an id
  ids: { orderId: 'order_1' },
};
