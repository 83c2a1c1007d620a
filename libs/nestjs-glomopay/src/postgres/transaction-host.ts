import {
  lentToHost,
  type AmbientTransactionHost,
} from '../tracking/store/sql/libraries/transaction-host.js';
import type { PostgresAdapter } from './postgres-adapter.js';

/**
 * Lets handlers write through a `TransactionHost` of `@nestjs-cls/transactional`: while one runs, the
 * transaction that records its outcome or event is the ambient one, and is committed or rolled back
 * with it. Needs `acceptLent` around the plugin's adapter.
 *
 * @example
 * new PostgresTrackingStore(lendToHost(typeOrmAdapter(dataSource), transactionHost));
 */
export function lendToHost<Tx>(
  adapter: PostgresAdapter<Tx>,
  host: AmbientTransactionHost,
): PostgresAdapter<Tx> {
  return lentToHost(adapter, host);
}
