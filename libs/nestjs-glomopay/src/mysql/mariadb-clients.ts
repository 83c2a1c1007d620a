import { callIn, isEmitter, memberOf } from '../tracking/store/sql/connections/emitter.js';

type Listener = (subject: unknown) => void;

/** More than a pool has; those of a server that has gone are forgotten with the others. */
const MOST = 1_000;

/**
 * Tells the connections of a pool of `mariadb` apart. The pool wraps each anew when it gives it, so that only
 * the number by which the server knows it stays the same; and they listen by `on` and `off`.
 */
export class MariadbClients {
  readonly #clients = new Map<unknown, MariadbClient>();

  /** The connection as an emitter, the same one each time it is taken. */
  of(connection: object): MariadbClient {
    const threadId = memberOf(connection, 'threadId');
    if (this.#clients.size > MOST) this.#clients.clear();
    const client = this.#clients.get(threadId) ?? new MariadbClient();
    client.connection = connection;
    this.#clients.set(threadId, client);
    return client;
  }

  /** The pool as an emitter whose new connections are those of {@link of}. */
  poolOver(pool: object): object | undefined {
    if (!isEmitter(pool)) return undefined;
    const known = pools.get(pool);
    if (known !== undefined) return known;
    const over = {
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
    pools.set(pool, over);
    return over;
  }
}

const pools = new WeakMap<object, object>();

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
