import { text } from '../tracking/store/row.js';
import type { HeldConnection } from './held-connection.js';
import { isInTransaction } from './mysql-error.js';

/** `tx_isolation` in MariaDB before 11.1, `transaction_isolation` in MySQL and since. */
const SETTINGS = `SHOW SESSION VARIABLES
  WHERE Variable_name IN ('autocommit', 'tx_isolation', 'transaction_isolation')`;

/**
 * Looks, once for each connection, at what its session is set to, and has single statements run as they
 * must: committed when they are answered, and blind for what nobody has committed. A session of the host
 * with `autocommit = 0` would leave what we write to whoever rolls back, and read from a snapshot that
 * ends with no statement; one with `READ UNCOMMITTED` would see outcomes that are being rolled back.
 */
export class SessionCare<Tx> {
  readonly #isPlain = new WeakMap<object, boolean>();

  async over(held: HeldConnection<Tx>): Promise<HeldConnection<Tx>> {
    try {
      const begin = (): Promise<Tx> => begun(held);
      return (await this.#looked(held)) ? { ...held, begin } : cared({ ...held, begin });
    } catch (thrown) {
      await held.giveBack(thrown instanceof Error ? thrown : new Error('The connection is broken'));
      throw thrown;
    }
  }

  async #looked(held: HeldConnection<Tx>): Promise<boolean> {
    const { client } = held;
    const key = typeof client === 'object' && client !== null ? client : undefined;
    const known = key && this.#isPlain.get(key);
    if (known !== undefined) return known;
    const { rows } = await held.query(SETTINGS);
    const values = rows.map((row) => text(row, 'Value').toUpperCase());
    const isPlain = !['OFF', '0', 'READ-UNCOMMITTED'].some((bad) => values.includes(bad));
    if (key !== undefined) this.#isPlain.set(key, isPlain);
    return isPlain;
  }
}

/** Every statement that is in no transaction gets one of its own. */
function cared<Tx>(held: HeldConnection<Tx>): HeldConnection<Tx> {
  let isInside = false;
  return {
    ...held,
    async begin() {
      isInside = true;
      return held.begin();
    },
    async query(statement) {
      if (isInside) return held.query(statement);
      await held.begin();
      try {
        const answer = await held.query(statement);
        await held.commit();
        return answer;
      } catch (thrown) {
        await held.rollback();
        throw thrown;
      }
    },
  };
}

/** A transaction that whoever had the connection before has left open is nobody's any more. */
async function begun<Tx>(held: HeldConnection<Tx>): Promise<Tx> {
  try {
    return await held.begin();
  } catch (thrown) {
    if (!isInTransaction(thrown)) throw thrown;
    await held.query('ROLLBACK');
    return held.begin();
  }
}
