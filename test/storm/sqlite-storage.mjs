import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'libsql';

// The shop's SQLite file. It is opened for single statements only: a connection that stayed open
// would spare a restarted host the recovery that the test is about.
export class SqliteStorage {
  now = `CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)`;
  // Lines of history with the key of their record.
  history = `(SELECT h.*, m.kind, m.request_id FROM glomopay_history h
    LEFT JOIN glomopay_movements m ON m.id = h.movement) lines`;
  #folder;

  constructor(folder) {
    this.#folder = path.join(folder, 'data');
  }

  static async create(folder) {
    return new SqliteStorage(folder);
  }

  get environment() {
    return { DATA_DIR: this.#folder };
  }

  // A moment the given minutes ago.
  ago(minutes) {
    return `${this.now} - ${minutes * 60_000}`;
  }

  async rows(sql) {
    return this.#use((database) => database.prepare(sql).all());
  }

  async run(sql) {
    this.#use((database) => database.exec(sql));
  }

  async tables() {
    const rows = await this.rows(`SELECT name FROM sqlite_master WHERE type = 'table'`);
    return rows.map(({ name }) => name);
  }

  // Makes every seventh of the writes that matter take a few hundred milliseconds, half done.
  async slowDown() {
    await this.run(`
      CREATE VIEW crash_slow AS
        WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 500000)
        SELECT max(x) AS x FROM n;
      ${slowly('intent', 'AFTER INSERT ON glomopay_movements')}
      ${slowly('state', 'AFTER UPDATE OF state ON glomopay_movements')}
      ${slowly('purchase', 'BEFORE INSERT ON purchases')}
      ${slowly('event', 'BEFORE INSERT ON payment_events')}
      ${slowly('refund', 'BEFORE INSERT ON crash_refunds')}
      ${slowly('milestone', 'BEFORE INSERT ON crash_milestones')}`);
  }

  // Whether a write is half done right now.
  async isWriting() {
    try {
      this.#use((database) => database.exec('BEGIN IMMEDIATE; ROLLBACK'), 0);
      return false;
    } catch {
      return true;
    }
  }

  // Every file of the data folder, the log included.
  async files() {
    const names = await readdir(this.#folder);
    return Promise.all(
      names.map(async (name) => ({ name, bytes: await readFile(path.join(this.#folder, name)) })),
    );
  }

  async drop() {}

  #use(work, patienceMs = 2000) {
    const database = new Database(path.join(this.#folder, 'shop.db'));
    try {
      database.exec(`PRAGMA busy_timeout = ${patienceMs}`);
      return work(database);
    } finally {
      database.close();
    }
  }
}

function slowly(name, when) {
  return `CREATE TRIGGER crash_slow_${name} ${when} WHEN abs(random()) % 7 = 0
     BEGIN SELECT x FROM crash_slow; END;`;
}
