import type { ConnectionOptions } from 'bullmq';
import { jittered } from '../values/jittered.js';

/** No answer from Redis to a wake or a round within this time counts as a failure. */
const ANSWER_MS = 5_000;

/** Whether the host has given a client of its own, which is neither changed nor closed. */
export function isClient(connection: ConnectionOptions): boolean {
  return 'duplicate' in connection && typeof connection.duplicate === 'function';
}

/**
 * Refuses what BullMQ would refuse later, with half of its connections already open.
 *
 * @throws {TypeError} no connection, or one that BullMQ cannot work with.
 */
export function assertUsable(connection: unknown): asserts connection is ConnectionOptions {
  if (typeof connection !== 'object' || connection === null) {
    throw new TypeError('connection must be options for a Redis client, or an ioredis client');
  }
  const isGiven = 'duplicate' in connection && 'options' in connection;
  for (const options of optionsOf(isGiven ? connection.options : connection)) {
    if (isGiven && (Reflect.get(options, 'maxRetriesPerRequest') ?? null) !== null) {
      throw new TypeError('connection must be a client with maxRetriesPerRequest: null');
    }
    const keyPrefix: unknown = Reflect.get(options, 'keyPrefix');
    if (keyPrefix !== undefined && keyPrefix !== '') {
      throw new TypeError('connection must not have a keyPrefix; use the option prefix');
    }
  }
}

/** The client's own, and those of the nodes of a Redis Cluster. */
function optionsOf(options: unknown): readonly object[] {
  const ofNodes: unknown = Reflect.get(Object(options), 'redisOptions');
  return [options, ofNodes].filter((one) => typeof one === 'object' && one !== null);
}

/**
 * For what adds jobs: a command fails at once while Redis is away, instead of waiting in memory.
 * `lazyConnect` is never taken over, because BullMQ gives up for good when such a connection fails.
 */
export function producerConnection(connection: ConnectionOptions): ConnectionOptions {
  if (isClient(connection)) return connection;
  return {
    retryStrategy: pauseBeforeRetry,
    ...connection,
    lazyConnect: false,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: ANSWER_MS,
  };
}

/** For what works on jobs: waits until Redis is back. */
export function workerConnection(connection: ConnectionOptions): ConnectionOptions {
  if (isClient(connection)) return connection;
  return {
    retryStrategy: pauseBeforeRetry,
    ...connection,
    lazyConnect: false,
    enableOfflineQueue: true,
    maxRetriesPerRequest: null,
  };
}

/** Soon at first; a fleet that lost Redis at the same moment does not come back at the same moment. */
function pauseBeforeRetry(times: number): number {
  return jittered(Math.min(100 * 2 ** times, 5_000), [0.5, 1], Math.random);
}
