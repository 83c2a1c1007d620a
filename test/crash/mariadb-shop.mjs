import { createPool } from 'mysql2/promise';
import { MysqlTrackingStore, mysql2Adapter } from 'nestjs-glomopay/mysql';
import { schema } from '../../dist/database/schema.js';
import { ShopDatabase } from '../../dist/database/shop-database.js';

// The shop's data in MariaDB, beside the store: the shop itself knows Postgres and SQLite.
export class MariadbShopDatabase extends ShopDatabase {
  #pool;
  #sql;

  constructor(pool) {
    super();
    this.#pool = pool;
    this.#sql = new MariadbSql(pool);
  }

  static async open(url) {
    const pool = createPool({ uri: url, connectionLimit: 10, decimalNumbers: true });
    for (const statement of tables().split(';')) {
      if (statement.trim() !== '') await pool.query(statement);
    }
    return new MariadbShopDatabase(pool);
  }

  run(sql, ...values) {
    return this.#sql.run(sql, ...values);
  }

  all(sql, ...values) {
    return this.#sql.all(sql, ...values);
  }

  trackingStore() {
    return new MysqlTrackingStore(mysql2Adapter(this.#pool));
  }

  on(tx) {
    return new MariadbSql(tx);
  }

  async onApplicationShutdown() {
    await this.#pool.end();
  }
}

class MariadbSql {
  #connection;

  constructor(connection) {
    this.#connection = connection;
  }

  async run(sql, ...values) {
    const [header] = await this.#connection.query(translated(sql), values);
    return header.affectedRows;
  }

  async all(sql, ...values) {
    const [rows] = await this.#connection.query(translated(sql), values);
    return rows;
  }
}

// A text that is a key must have an end.
function tables() {
  return schema('INTEGER NOT NULL AUTO_INCREMENT PRIMARY KEY').replaceAll(
    /\bTEXT\b/g,
    'VARCHAR(255)',
  );
}

function translated(sql) {
  const plain = sql.replace(/ON CONFLICT[^)]*\)? DO NOTHING/, '');
  return plain === sql ? sql : plain.replace('INSERT INTO', 'INSERT IGNORE INTO');
}
