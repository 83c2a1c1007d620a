import { callIn, isEmitter, memberOf, type Emitter } from './emitter.js';

const watches = new WeakMap<Emitter, PoolWatch>();

/** What is known of a pool's connections: one watch for all stores on it. */
export class PoolWatch {
  /** When each client was last known to be alive. */
  readonly #heard = new WeakMap<Emitter, number>();
  #doubtedAt = -Infinity;
  #listens = false;

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

  /** A client is of no use: whatever was not heard since may have gone the same way. */
  doubt(): void {
    this.#doubtedAt = performance.now();
  }

  /**
   * Listens to the pool's clients for as long as they live: a library takes them without telling, and
   * one that dies while nobody listens would end the process.
   */
  listenAlways(pool: unknown): void {
    if (!isEmitter(pool) || this.#listens) return;
    this.#listens = true;
    for (const client of membersOf(pool, '_clients')) listen(client);
    pool.on('connect', listen);
  }

  /** Throws away the idle clients that are suspect. */
  dropSuspects(pool: unknown): void {
    for (const idle of membersOf(pool, '_idle')) {
      const client = memberOf(idle, 'client');
      if (!this.isSuspect(client)) continue;
      callIn(pool, '_remove', client);
      callIn(memberOf(memberOf(client, 'connection'), 'stream'), 'destroy');
    }
  }

  isSuspect(client: unknown): boolean {
    return isEmitter(client) && (this.#heard.get(client) ?? -Infinity) < this.#doubtedAt;
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

function listen(client: unknown): void {
  if (isEmitter(client)) client.on('error', ignore);
}

/** `pg-pool` has no public way to these; without one, they stay as the host has set them. */
function membersOf(pool: unknown, list: '_clients' | '_idle'): readonly unknown[] {
  const members = memberOf(pool, list);
  return Array.isArray(members) ? [...members] : [];
}

function ignore(): void {}
