import type { HeldConnection as Held } from '../tracking/store/sql/connections/held-connection.js';
import type { MysqlAnswer } from './mysql-adapter.js';

/** What a statement is asked with: its text alone, which has its values. */
export type Asked = [text: string];

/** A connection of the host's pool to MySQL or MariaDB while it is ours. */
export type HeldConnection<Tx> = Held<Tx, Asked, MysqlAnswer>;
