import {
  Connections as AnyConnections,
  type ConnectionSource as Source,
} from '../tracking/store/sql/connections/connections.js';
import { endClient } from './pg-internals.js';
import type { PostgresQuery } from './postgres-adapter.js';
import { takesNoWrites } from './sql-state.js';
import { endStuckAttempts } from './stuck-attempts.js';
import type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';

type Asked = Parameters<PostgresQuery>;
type Answer = Awaited<ReturnType<PostgresQuery>>;

/** How a database library hands out connections of its pool to Postgres. */
export type ConnectionSource<Tx> = Source<Tx, Asked, Answer>;

const DRIVER = { database: 'Postgres', endClient, endStuckAttempts, takesNoWrites };

/** Uses connections of the host's pool to Postgres such that none of them does harm. */
export class Connections<Tx> extends AnyConnections<Tx, Asked, Answer> {
  constructor(source: ConnectionSource<Tx>, limits?: TimeLimits) {
    super(source, DRIVER, limits);
  }
}
