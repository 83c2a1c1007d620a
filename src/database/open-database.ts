import type { ShopSettings } from '../config/shop-settings.js';
import { PostgresShopDatabase } from './postgres-shop-database.js';
import type { ShopDatabase } from './shop-database.js';
import { SqliteShopDatabase } from './sqlite-shop-database.js';

/**
 * Opens the database of the settings: Postgres by its address, or a file.
 *
 * @throws {ShopConfigurationError} it cannot be used.
 */
export async function openDatabase(settings: ShopSettings): Promise<ShopDatabase> {
  const url = settings.databaseUrl();
  return url === undefined
    ? SqliteShopDatabase.open(settings.dataDir)
    : PostgresShopDatabase.open(url);
}
