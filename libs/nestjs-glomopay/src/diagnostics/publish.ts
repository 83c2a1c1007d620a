import type { Channel } from 'node:diagnostics_channel';

/**
 * Publishes a message as frozen data. A message without a listener is not even built: the
 * caller asks the channel first, and this asks it again.
 */
export function publish<T extends object>(channel: Channel, message: T): void {
  if (channel.hasSubscribers) channel.publish(Object.freeze(message));
}
