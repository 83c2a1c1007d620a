import type { Channel } from 'node:diagnostics_channel';

/**
 * Publishes a message as frozen data. A message that nobody listens to is not even made up: the
 * caller asks the channel first, and this asks it again.
 */
export function publish<T extends object>(channel: Channel, message: T): void {
  if (channel.hasSubscribers) channel.publish(Object.freeze(message));
}
