// The shop as it starts in production, with a witness beside it, and with one product at the amount
// that is screened.
import 'reflect-metadata';
import { pgAdapter, PostgresTrackingStore } from 'nestjs-glomopay/postgres';
import { Pool } from 'pg';
import { AppModule } from '../../dist/app.module.js';
import { catalogue } from '../../dist/catalogue/catalogue.js';
import { PostgresShopDatabase } from '../../dist/database/postgres-shop-database.js';
import { SqliteShopDatabase } from '../../dist/database/sqlite-shop-database.js';
import { MariadbShopDatabase } from './mariadb-shop.mjs';
import { WitnessModule } from './witness.mjs';

const SCREENED = 6623;

const { prices } = catalogue['brew-kit'];
for (const currency of Object.keys(prices)) prices[currency] = SCREENED;

// The shop has no setting for this; its own tables stay in its own pool.
const { DATABASE_URL, MARIADB_URL, STORE_LOCKS } = process.env;
if (STORE_LOCKS !== undefined) {
  PostgresShopDatabase.prototype.trackingStore = () => {
    const pool = new Pool({ connectionString: DATABASE_URL, max: 10, allowExitOnIdle: true });
    pool.on('error', () => undefined);
    return new PostgresTrackingStore(pgAdapter(pool), { locks: STORE_LOCKS });
  };
}

// Nor does it know this database.
if (MARIADB_URL !== undefined) {
  SqliteShopDatabase.open = () => MariadbShopDatabase.open(MARIADB_URL);
}

const shop = AppModule.with;
AppModule.with = (...parts) => {
  const { imports, ...module } = shop(...parts);
  return { ...module, imports: [...imports, WitnessModule] };
};

await import('../../dist/main.js');
