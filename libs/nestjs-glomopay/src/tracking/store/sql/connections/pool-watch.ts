import { isEmitter, type Emitter } from './emitter.js';

const watches = new WeakMap<Emitter, PoolWatch>();

/** What is known of a pool's connections: one watch for all stores on it. */
export class PoolWatch {
  /** When each client was last known to be alive. */
  readonly #heard = new WeakMap<Emitter, number>();
  #silentAt = -Infinity;

  private constructor(pool: Emitter) {
    // A connection that has just been made is alive. `pg` says `connect`, the drivers of MySQL `connection`.
    for (const made of ['connect', 'connection']) pool.on(made, (client) => this.hear(client));
    // The pool replaces an idle connection that dies; nobody listening, Node would end the process.
    pool.on('error', ignore);
    pool.on('acquire', shield);
  }

  /** The watch over a pool; undefined when it is none. */
  static over(pool: unknown): PoolWatch | undefined {
    if (!isEmitter(pool)) return undefined;
    const watch = watches.get(pool) ?? new PoolWatch(pool);
    watches.set(pool, watch);
    return watch;
  }

  /** A client has answered. */
  hear(client: unknown): void {
    if (isEmitter(client)) this.#heard.set(client, performance.now());
  }

  /** A client has not answered: whatever was not heard since may have gone silent with it. */
  missAnswer(): void {
    this.#silentAt = performance.now();
  }

  isSuspect(client: unknown): boolean {
    return isEmitter(client) && (this.#heard.get(client) ?? -Infinity) < this.#silentAt;
  }
}

/**
 * Listens to a client until whoever takes it can: the pool stops listening when it hands a client out,
 * and the taker hears of that only in a later turn. A server that ends the connection with the same bytes
 * that made it, or that answered the statement before, would end the process in between.
 */
function shield(client: unknown): void {
  if (!isEmitter(client)) return;
  client.on('error', ignore);
  setImmediate(() => client.removeListener('error', ignore));
}

function ignore(): void {}
