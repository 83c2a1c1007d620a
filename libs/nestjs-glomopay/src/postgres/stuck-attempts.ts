import { callIn, memberOf } from '../tracking/store/sql/connections/emitter.js';

/**
 * Watches over a wait for a connection. Attempts to connect that are getting nowhere take up places
 * of a pool without `connectionTimeoutMillis`, and would for ever: when the wait comes to its end and
 * the pool is full, those that had begun before half of it are ended.
 */
export function endStuckAttempts(pool: unknown, waitMs: number): { stop(): void } {
  let timer = setTimeout(() => {
    const old = attemptsOf(pool);
    timer = setTimeout(() => {
      if (!isFull(pool)) return;
      const still = new Set(attemptsOf(pool));
      for (const client of old) if (still.has(client)) destroy(client);
    }, waitMs * 0.4);
  }, waitMs * 0.5);
  return { stop: () => clearTimeout(timer) };
}

/** `pg-pool` has no public way to its attempts; without this one, they stay as the host has set them. */
function attemptsOf(pool: unknown): readonly object[] {
  const clients = memberOf(pool, '_clients');
  if (!Array.isArray(clients)) return [];
  return clients.filter((client) => memberOf(client, '_connecting') === true);
}

function isFull(pool: unknown): boolean {
  const most = memberOf(memberOf(pool, 'options'), 'max');
  const count = memberOf(pool, 'totalCount');
  return typeof most === 'number' && typeof count === 'number' && count >= most;
}

/** As `pg-pool` does it when it has a limit of its own. */
function destroy(client: object): void {
  callIn(memberOf(memberOf(client, 'connection'), 'stream'), 'destroy');
}
