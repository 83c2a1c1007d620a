import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import type { TableNames } from '../tracking/store/sql/table-names.js';
import { Lanes } from '../tracking/store/lanes.js';
import { SqliteConnection } from './sqlite-connection.js';
import { isReadOnly, type SqliteDatabase } from './sqlite-database.js';

const WRITES = 'writes';

/**
 * The store's two connections: one for reads and for writes that end at once, one for transactions
 * that stay open while a handler runs, so that nobody reads what is not committed. Everything that
 * writes goes through one lane: this process never waits for a lock of its own.
 */
export class SqliteConnections<Database extends SqliteDatabase> {
  readonly names: TableNames;
  readonly #open: () => Database;
  readonly #lanes = new Lanes();
  #short: Promise<SqliteConnection<Database>> | undefined;
  #long: SqliteConnection<Database> | undefined;
  #closed = false;

  constructor(open: () => Database, names: TableNames) {
    this.names = names;
    this.#open = open;
  }

  /**
   * The transaction of a start: after `close` the store can be used again from here on.
   *
   * @throws {GlomopayConfigurationError} the file cannot be written.
   */
  async open<T>(work: (connection: SqliteConnection<Database>) => T): Promise<T> {
    try {
      return await this.#lanes.run(WRITES, async () => {
        this.#closed = false;
        const connection = await this.#forShort();
        return connection.write(() => work(connection));
      });
    } catch (thrown) {
      if (!isReadOnly(thrown)) throw thrown;
      throw new GlomopayConfigurationError([
        'store: the SQLite file cannot be written; open it for writing, and give this process the right to write the file and its folder',
      ]);
    }
  }

  async read<T>(work: (connection: SqliteConnection<Database>) => T): Promise<T> {
    const connection = await this.#forShort();
    return connection.patiently(() => work(connection));
  }

  /** One transaction without a pause in it. */
  write<T>(work: (connection: SqliteConnection<Database>) => T): Promise<T> {
    return this.#lanes.run(WRITES, async () => {
      const connection = await this.#forShort();
      return connection.write(() => work(connection));
    });
  }

  /** One transaction that is rolled back, on a connection of its own: no statement that is kept sees its tables. */
  undone<T>(work: (connection: SqliteConnection<Database>) => T): Promise<T> {
    return this.#lanes.run(WRITES, async () => {
      const connection = await SqliteConnection.open(this.#open, this.names);
      try {
        return await connection.undo(() => work(connection));
      } finally {
        connection.close();
      }
    });
  }

  /** One transaction that stays open while the work waits for something. */
  transaction<T>(work: (connection: SqliteConnection<Database>) => Promise<T>): Promise<T> {
    return this.#lanes.run(WRITES, async () => {
      const connection = await this.#forLong();
      try {
        return await connection.hold(() => work(connection));
      } catch (thrown) {
        connection.retire();
        this.#long = undefined;
        throw thrown;
      }
    });
  }

  /** Waits for the writes that are under way. Nothing can be done afterwards until it is opened again. */
  close(): Promise<void> {
    return this.#lanes.run(WRITES, async () => {
      this.#closed = true;
      this.#long?.close();
      this.#long = undefined;
      const short = await this.#short?.catch(() => undefined);
      this.#short = undefined;
      short?.close();
    });
  }

  #forShort(): Promise<SqliteConnection<Database>> {
    if (this.#closed) return Promise.reject(new Error('The tracking store is closed'));
    this.#short ??= SqliteConnection.open(this.#open, this.names).catch((thrown: unknown) => {
      this.#short = undefined;
      throw thrown;
    });
    return this.#short;
  }

  async #forLong(): Promise<SqliteConnection<Database>> {
    if (this.#closed) throw new Error('The tracking store is closed');
    this.#long ??= await SqliteConnection.open(this.#open, this.names);
    return this.#long;
  }
}
