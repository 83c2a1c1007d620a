import type { ConnectionOptions } from 'bullmq';

/** What a `BullMqEngine` is made of. */
export interface BullMqEngineOptions {
  /**
   * Where Redis (6.2 or later) is: options for connections of the engine's own, or an ioredis client
   * of yours. A client must have `maxRetriesPerRequest: null` and no `keyPrefix`; it stays yours to
   * close, after the application.
   */
  readonly connection: ConnectionOptions;
  /**
   * What all keys in Redis begin with. Applications that share a Redis need different ones. The keys of
   * an account get a hash tag of their own, `{glomopay:default}`, so that a Redis Cluster keeps them
   * together and spreads the accounts; a prefix that has a hash tag keeps it. @defaultValue 'glomopay'
   */
  readonly prefix?: string;
  /** Events of one account that this process works on at the same time. @defaultValue 16 */
  readonly concurrency?: number;
}
