import { callIn, isEmitter, memberOf } from '../tracking/store/sql/connections/emitter.js';
import type { PoolWatch } from '../tracking/store/sql/connections/pool-watch.js';

type Listener = (subject: unknown) => void;

/** More than a pool has; those of a server that has gone are forgotten with the others. */
const MOST = 1_000;

/**
 * Tells the connections of a pool of `mariadb` apart. The pool wraps each anew when it gives it, so that only
 * the number by which the server knows it stays the same; and they listen by `on` and `off`.
 */
export class MariadbClients {
  readonly #clients = new Map<unknown, MariadbClient>();
  readonly #taken = new Set<unknown>();

  /** Those of a pool, the same for all adapters over it. */
  static ofPool(pool: object): MariadbClients {
    const known = pools.get(pool)?.clients;
    if (known !== undefined) return known;
    const clients = new MariadbClients();
    pools.set(pool, { clients, over: clients.#listenTo(pool) });
    return clients;
  }

  /** A pool as an emitter whose new connections are those of {@link of}. */
  static poolOver(pool: object): object | undefined {
    MariadbClients.ofPool(pool);
    return pools.get(pool)?.over;
  }

  /** The connection as an emitter, the same one each time it is taken. */
  of(connection: object): MariadbClient {
    const threadId = memberOf(connection, 'threadId');
    if (this.#clients.size > MOST) this.#clients.clear();
    const client = this.#clients.get(threadId) ?? new MariadbClient();
    client.connection = connection;
    this.#clients.set(threadId, client);
    return client;
  }

  /** The connection that the server knows by a number, and that somebody has taken from the pool. */
  taken(threadId: number): MariadbClient | undefined {
    return this.#taken.has(threadId) ? this.#clients.get(threadId) : undefined;
  }

  /** Throws away the idle connections that are suspect. */
  dropSuspects(watch: PoolWatch | undefined): void {
    for (const [threadId, client] of this.#clients) {
      if (this.#taken.has(threadId) || watch?.isSuspect(client) !== true) continue;
      this.#clients.delete(threadId);
      client.destroy();
    }
  }

  #listenTo(pool: object): object | undefined {
    if (!isEmitter(pool)) return undefined;
    pool.on('acquire', (connection) => {
      if (typeof connection !== 'object' || connection === null) return;
      this.of(connection);
      // One that dies while it is taken is not told of.
      if (this.#taken.size > MOST) this.#taken.clear();
      this.#taken.add(memberOf(connection, 'threadId'));
    });
    pool.on('release', (connection) => this.#taken.delete(memberOf(connection, 'threadId')));
    return {
      on: (event: string, listener: Listener) =>
        event === 'acquire'
          ? undefined
          : pool.on(event, (subject) =>
              listener(
                typeof subject === 'object' && subject !== null ? this.of(subject) : subject,
              ),
            ),
      removeListener: () => undefined,
    };
  }
}

const pools = new WeakMap<object, { clients: MariadbClients; over: object | undefined }>();

/** A connection, whoever of the wrappers around it is there now. */
class MariadbClient {
  connection: object = {};

  on(event: string, listener: Listener): void {
    callIn(this.connection, 'on', event, listener);
  }

  removeListener(event: string, listener: Listener): void {
    callIn(this.connection, 'off', event, listener);
  }

  destroy(): void {
    callIn(this.connection, 'destroy');
  }
}
