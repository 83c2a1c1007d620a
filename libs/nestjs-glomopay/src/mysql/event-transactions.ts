import type { ReceivedEvent } from '../tracking/store/inbox-event.js';
import { eventValues, insertEvents, insertKeys, isEvent, together } from './inbox-statements.js';
import type { MysqlValue } from './literal.js';
import { isInTransaction, isNotUnderstood } from './mysql-error.js';
import type { MysqlSql } from './mysql-sql.js';

interface Statement {
  readonly text: string;
  readonly values: readonly MysqlValue[];
}

/**
 * Writes events and their keys, all of them or none. On MariaDB in one round trip; on a server that does not
 * know such a block (MySQL), and on sessions that have a transaction open by themselves
 * (`autocommit = 0`), in five. Which it is shows with the first events of a process.
 */
export class EventTransactions {
  readonly #sql: MysqlSql<unknown>;
  #isOneStatement = true;

  constructor(sql: MysqlSql<unknown>) {
    this.#sql = sql;
  }

  /** Rejects when one of them is there already. */
  async write(events: readonly ReceivedEvent[]): Promise<void> {
    const [own, keys] = [eventsOf(events), keysOf(events)];
    if (this.#isOneStatement) {
      try {
        await this.#sql.run(together(own.text, keys.text), [...own.values, ...keys.values]);
        return;
      } catch (thrown) {
        // Neither has written anything.
        if (!isNotUnderstood(thrown) && !isInTransaction(thrown)) throw thrown;
        this.#isOneStatement = false;
      }
    }
    await this.#sql.transaction(async ({ run }) => {
      await run(own.text, own.values);
      await run(keys.text, keys.values);
    });
  }
}

function eventsOf(events: readonly ReceivedEvent[]): Statement {
  return {
    text: insertEvents + events.map(() => eventValues).join(', '),
    values: events.flatMap(({ account, id, body }) => [account, id, body]),
  };
}

/** They have the times of the events, so they are written after them. */
function keysOf(events: readonly ReceivedEvent[]): Statement {
  return {
    text: insertKeys(events.map(() => isEvent).join(' OR ')),
    values: events.flatMap(({ account, id }) => [account, id]),
  };
}
