import {
  lentToHost,
  type AmbientTransactionHost,
} from '../tracking/store/sql/libraries/transaction-host.js';
import type { MysqlAdapter } from './mysql-adapter.js';

/**
 * Lets handlers write through a `TransactionHost` of `@nestjs-cls/transactional`: while one runs, the
 * transaction that records its outcome or event is the ambient one, and is committed or rolled back
 * with it. Needs `acceptLent` around the plugin's adapter.
 *
 * @example
 * new MysqlTrackingStore(lendToHost(typeOrmMysqlAdapter(dataSource), transactionHost));
 */
export function lendToHost<Tx>(
  adapter: MysqlAdapter<Tx>,
  host: AmbientTransactionHost,
): MysqlAdapter<Tx> {
  return lentToHost(adapter, host);
}
