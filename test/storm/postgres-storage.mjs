import { randomBytes } from 'node:crypto';
import { Client, Pool } from 'pg';

const server =
  process.env['TEST_DATABASE_URL'] ?? 'postgres://postgres:postgres@127.0.0.1:5432/postgres';

// Not the shop's: these connections are never cut.
const OWN = 'crash-test';

// A Postgres database made for one run and dropped after it.
export class PostgresStorage {
  static missing = 'no Postgres answers (TEST_DATABASE_URL, or 127.0.0.1:5432)';
  now = 'statement_timestamp()';
  // Lines of history with the key of their record.
  history = 'glomopay_history';
  #name;
  #url;
  #pool;

  constructor(name) {
    this.#name = name;
    const url = new URL(server);
    url.pathname = `/${name}`;
    this.#url = url.href;
    this.#pool = new Pool({ connectionString: this.#url, max: 2, application_name: OWN });
  }

  // Undefined when no Postgres answers.
  static async create() {
    const name = `crash_${randomBytes(6).toString('hex')}`;
    try {
      await onServer(`CREATE DATABASE ${name}`);
    } catch (error) {
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOTFOUND') return undefined;
      throw error;
    }
    return new this(name);
  }

  get environment() {
    return { DATABASE_URL: this.#url };
  }

  // A moment the given minutes ago.
  ago(minutes) {
    return `${this.now} - interval '${minutes} minutes'`;
  }

  async rows(sql) {
    const { rows } = await this.#pool.query(sql);
    return rows;
  }

  async run(sql) {
    await this.#pool.query(sql);
  }

  async tables() {
    const rows = await this.rows(
      `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    return rows.map(({ name }) => name);
  }

  // Makes every seventh of the writes that matter take a few hundred milliseconds, half done.
  async slowDown() {
    await this.run(`
      CREATE FUNCTION crash_slow() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF random() < 1.0 / 7 THEN PERFORM pg_sleep(0.3); END IF;
          RETURN NEW;
        END $$;
      ${slowly('intent', 'AFTER INSERT ON glomopay_movements')}
      ${slowly('state', 'AFTER UPDATE OF state ON glomopay_movements')}
      ${slowly('purchase', 'BEFORE INSERT ON purchases')}
      ${slowly('event', 'BEFORE INSERT ON payment_events')}
      ${slowly('refund', 'BEFORE INSERT ON crash_refunds')}
      ${slowly('milestone', 'BEFORE INSERT ON crash_milestones')}`);
  }

  // Whether a write is half done right now.
  async isWriting() {
    const rows = await this.rows(
      `SELECT 1 FROM pg_stat_activity
       WHERE datname = current_database() AND wait_event = 'PgSleep'`,
    );
    return rows.length > 0;
  }

  // Terminates the connections of everybody else, or of those who are in the middle of something.
  // Those that are very young may belong to a process that is starting. Gives how many there were.
  async cutConnections(busyOnly) {
    const [{ count }] = await this.rows(
      `SELECT count(pg_terminate_backend(pid))::int AS count FROM pg_stat_activity
       WHERE datname = current_database() AND application_name <> '${OWN}'
         AND backend_type = 'client backend' AND backend_start < now() - interval '0.5 seconds'
         AND ${busyOnly ? `state <> 'idle'` : 'true'}`,
    );
    return count;
  }

  // The server's files are not ours to read.
  async files() {
    return [];
  }

  async drop() {
    await this.#pool.end();
    await onServer(`DROP DATABASE IF EXISTS ${this.#name} WITH (FORCE)`);
  }
}

// The same, with a store whose settlements wait for each other by rows.
export class PostgresByRowsStorage extends PostgresStorage {
  get environment() {
    return { ...super.environment, STORE_LOCKS: 'rows' };
  }
}

async function onServer(sql) {
  const client = new Client({ connectionString: server, connectionTimeoutMillis: 5000 });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

function slowly(name, when) {
  return `CREATE TRIGGER crash_slow_${name} ${when} FOR EACH ROW EXECUTE FUNCTION crash_slow();`;
}
