import type { ReceivedEvent } from '../tracking/store/inbox-event.js';
import { text, type Row } from '../tracking/store/row.js';
import { EventInserts, idOf } from '../tracking/store/sql/event-inserts.js';
import type { Inserts } from '../tracking/store/sql/inserts.js';
import { keyTextOf } from './event-key-sql.js';
import { EventTransactions } from './event-transactions.js';
import { assertFits } from './fits.js';
import * as statements from './inbox-statements.js';
import { blamesRow, isDuplicate } from './mysql-error.js';
import type { MysqlSql } from './mysql-sql.js';
import { ROOM } from './schema.js';

const TRIES = 8;

/** Writes events that arrive together in one transaction, so that they share one wait for the disk. */
export function eventInserts(sql: MysqlSql<unknown>): Inserts<ReceivedEvent, boolean> {
  const transactions = new EventTransactions(sql);
  const inserts = new EventInserts({
    write: (events) => written(sql, transactions, events, TRIES),
    blamesRow,
  });
  return {
    add: async (event, patience) => {
      assertFits('event', { account: event.account }, ROOM.account);
      return inserts.add(event, patience);
    },
    idle: () => inserts.idle(),
  };
}

/** Most events are new: which of them are not is asked only when the server has refused them. */
async function written(
  sql: MysqlSql<unknown>,
  transactions: EventTransactions,
  events: readonly ReceivedEvent[],
  tries: number,
): Promise<readonly Row[]> {
  if (events.length === 0) return [];
  try {
    await transactions.write(events);
    return events.map(({ account, id }) => ({ account, id }));
  } catch (thrown) {
    if (!isDuplicate(thrown) || tries === 1) throw thrown;
  }
  const known = await knownOf(sql, events);
  const news = events.filter((event) => !known.has(keyIdOf(event)));
  return written(sql, transactions, news, tries - 1);
}

/** The keys that are there, also of events that have been purged. */
async function knownOf(
  sql: MysqlSql<unknown>,
  events: readonly ReceivedEvent[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql.run(
    statements.knownKeys(events.map(() => statements.isKeyOf).join(' OR ')),
    events.flatMap(({ account, id }) => [account, id]),
  );
  return new Set(
    rows.map((row) => idOf({ account: text(row, 'account'), id: text(row, 'event_key') })),
  );
}

function keyIdOf({ account, id }: ReceivedEvent): string {
  return idOf({ account, id: keyTextOf(id) });
}
