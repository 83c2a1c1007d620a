import {
  Connections as AnyConnections,
  type ConnectionSource as Source,
} from '../tracking/store/sql/connections/connections.js';
import { callIn, memberOf } from '../tracking/store/sql/connections/emitter.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
import type { Asked, HeldConnection } from './held-connection.js';
import type { MysqlAnswer } from './mysql-adapter.js';
import { takesNoWrites } from './mysql-error.js';
import { SessionCare } from './session-care.js';

/** The transaction that comes next; refused where one is open already. */
export const BEGINS_NEXT = 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED';

/** How a database library hands out connections of its pool. */
export type ConnectionSource<Tx> = Source<Tx, Asked, MysqlAnswer>;

/** What is to be known of the drivers. */
export const DRIVER = { database: 'The database', endClient, takesNoWrites };

/** Uses connections of the host's pool such that none of them does harm, whatever its session is set to. */
export class Connections<Tx> extends AnyConnections<Tx, Asked, MysqlAnswer> {
  constructor(source: ConnectionSource<Tx>, limits?: TimeLimits) {
    const care = new SessionCare<Tx>();
    super(
      {
        pool: () => source.pool(),
        take: async () => care.over(await source.take()),
      },
      DRIVER,
      limits,
    );
  }
}

/** The steps of a transaction by statements, for drivers that hand out a plain connection. */
export function stepsOf<Tx>(
  tx: Tx,
  query: HeldConnection<Tx>['query'],
): Pick<HeldConnection<Tx>, 'query' | 'begin' | 'commit' | 'rollback'> {
  return {
    query,
    async begin() {
      await query(BEGINS_NEXT);
      await query('START TRANSACTION');
      return tx;
    },
    commit: () => query('COMMIT'),
    rollback: () => query('ROLLBACK'),
  };
}

/**
 * Ends a connection of `mysql2` or `mariadb` at once. `mysql2` by itself would wait until the other side
 * has said goodbye as well, which a silent one never does.
 */
export function endClient(client: unknown): void {
  callIn(memberOf(client, 'stream'), 'destroy');
  callIn(client, 'destroy');
}
