import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { callIn, isEmitter, memberOf } from '../tracking/store/sql/connections/emitter.js';
import type { PoolWatch } from '../tracking/store/sql/connections/pool-watch.js';
import { endClient } from './connections.js';
import type { Mysql2CallbackPool, Mysql2Connection } from './mysql2.adapter.js';

/** The clients of a pool of `mysql2` from which a library takes them by itself. */
export class Mysql2PoolClients {
  readonly pool: Mysql2CallbackPool<Mysql2Connection>;

  /**
   * @param user Whose pool it is, for the message.
   * @param pool A pool of `mysql2`, or of `mysql2/promise`, which has the other one inside.
   * @throws {GlomopayConfigurationError} it is none.
   */
  constructor(user: string, pool: unknown) {
    const inside = memberOf(pool, 'pool') ?? pool;
    if (!isPool(inside)) {
      throw new GlomopayConfigurationError([
        `${user}: pool must be the pool of mysql2 it takes from`,
      ]);
    }
    this.pool = inside;
  }

  /** The client that the server knows by a number. */
  at(threadId: number): unknown {
    return this.#listed('_allConnections').find((one) => memberOf(one, 'threadId') === threadId);
  }

  /** Throws away the idle clients that are suspect. */
  dropSuspects(watch: PoolWatch | undefined): void {
    for (const client of this.#listed('_freeConnections')) {
      if (watch?.isSuspect(client) === true) endClient(client);
    }
  }

  /** `mysql2` has no public way to these; a pool of another make has none to show. */
  #listed(list: '_allConnections' | '_freeConnections'): readonly unknown[] {
    const queue = memberOf(this.pool, list);
    const length = Number(memberOf(queue, 'length') ?? 0);
    return Array.from({ length }, (_, index) => callIn(queue, 'get', index));
  }
}

function isPool(value: unknown): value is Mysql2CallbackPool<Mysql2Connection> {
  return isEmitter(value) && 'promise' in value && memberOf(value, '_allConnections') !== undefined;
}
