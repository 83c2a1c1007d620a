import { randomBytes } from 'node:crypto';
import { createConnection, createPool } from 'mysql2/promise';

const server = process.env['TEST_MYSQL_URL'] ?? 'mysql://root@127.0.0.1:3306/';

// Connections younger than this may belong to a process that is starting.
const YOUNG_MS = 500;

// A database of MariaDB made for one run and dropped after it.
export class MariadbStorage {
  static missing = 'no MariaDB answers (TEST_MYSQL_URL, or 127.0.0.1:3306)';
  now = `(TIMESTAMPDIFF(MICROSECOND, TIMESTAMP '1970-01-01 00:00:00', UTC_TIMESTAMP(3)) DIV 1000)`;
  // Lines of history with the key of their record.
  history = `(SELECT h.*, m.kind, m.request_id FROM glomopay_history h
    LEFT JOIN glomopay_movements m ON m.id = h.movement) told`;
  #name;
  #url;
  #pool;
  #own = new Set();
  // When each connection was seen first: the server does not tell how old one is.
  #seen = new Map();

  constructor(name) {
    this.#name = name;
    const url = new URL(server);
    url.pathname = `/${name}`;
    this.#url = url.href;
    this.#pool = createPool({ uri: this.#url, connectionLimit: 2 });
    this.#pool.pool.on('connection', (connection) => {
      this.#own.add(connection.threadId);
      // The books put names between double quotes.
      connection.query(`SET SESSION sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')`);
    });
  }

  // Undefined when no MariaDB answers.
  static async create() {
    const name = `crash_${randomBytes(6).toString('hex')}`;
    try {
      await onServer(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
    } catch (error) {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND') return undefined;
      throw error;
    }
    return new MariadbStorage(name);
  }

  get environment() {
    return { MARIADB_URL: this.#url };
  }

  // A moment the given minutes ago.
  ago(minutes) {
    return `${this.now} - ${minutes * 60_000}`;
  }

  // The library keeps texts in bytes.
  async rows(sql) {
    const [rows] = await this.#pool.query(sql);
    return rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([name, value]) => [
          name,
          Buffer.isBuffer(value) ? value.toString() : value,
        ]),
      ),
    );
  }

  async run(sql) {
    await this.#pool.query(sql);
  }

  async tables() {
    const rows = await this.rows(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()`,
    );
    return rows.map(({ name }) => name);
  }

  // Makes every seventh of the writes that matter take a few hundred milliseconds, half done.
  async slowDown() {
    const isNewState = 'NOT (OLD.state <=> NEW.state) AND ';
    for (const [name, when, condition = ''] of [
      ['intent', 'AFTER INSERT ON glomopay_movements'],
      ['state', 'AFTER UPDATE ON glomopay_movements', isNewState],
      ['purchase', 'BEFORE INSERT ON purchases'],
      ['event', 'BEFORE INSERT ON payment_events'],
      ['refund', 'BEFORE INSERT ON crash_refunds'],
      ['milestone', 'BEFORE INSERT ON crash_milestones'],
    ]) {
      await this.run(`CREATE TRIGGER crash_slow_${name} ${when} FOR EACH ROW
        IF ${condition}RAND() < 1 / 7 THEN DO SLEEP(0.3); END IF`);
    }
  }

  // Whether a write is half done right now.
  async isWriting() {
    const rows = await this.rows(
      `SELECT 1 FROM information_schema.processlist WHERE db = DATABASE() AND state = 'User sleep'`,
    );
    return rows.length > 0;
  }

  // Ends the connections of everybody else, or of those who are in the middle of something; those that
  // are very young are spared. Gives how many there were.
  async cutConnections(busyOnly) {
    const busy = `(command <> 'Sleep' OR id IN
      (SELECT trx_mysql_thread_id FROM information_schema.innodb_trx))`;
    const others = await this.#others(busy);
    const now = Date.now();
    for (const { id } of others) if (!this.#seen.has(id)) this.#seen.set(id, now);
    const old = others.filter(
      ({ id, isBusy }) => now - this.#seen.get(id) >= YOUNG_MS && (isBusy === 1 || !busyOnly),
    );
    // One that has gone meanwhile was nobody's.
    for (const { id } of old) await this.run(`KILL CONNECTION ${id}`).catch(() => undefined);
    return old.length;
  }

  // The server's files are not ours to read.
  async files() {
    return [];
  }

  async drop() {
    await this.#pool.end();
    await onServer(`DROP DATABASE IF EXISTS ${this.#name}`);
  }

  async #others(isBusy) {
    const rows = await this.rows(
      `SELECT id, ${isBusy} AS isBusy FROM information_schema.processlist WHERE db = DATABASE()`,
    );
    return rows.filter(({ id }) => !this.#own.has(Number(id)));
  }
}

async function onServer(sql) {
  const connection = await createConnection({ uri: server, connectTimeout: 5000 });
  try {
    await connection.query(sql);
  } finally {
    await connection.end();
  }
}
