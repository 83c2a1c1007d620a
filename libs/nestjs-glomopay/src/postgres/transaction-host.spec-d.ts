import type { TransactionHost } from '@nestjs-cls/transactional';
import type { TransactionalAdapterTypeOrm } from '@nestjs-cls/transactional-adapter-typeorm';
import type { DataSource } from 'typeorm';
import { acceptLent } from '../tracking/store/sql/libraries/transaction-host.js';
import { lendToHost } from './transaction-host.js';
import { typeOrmAdapter } from './type-orm.adapter.js';

/** The real ones fit, and keep their types. */
export function fits(
  dataSource: DataSource,
  host: TransactionHost<TransactionalAdapterTypeOrm>,
  adapter: TransactionalAdapterTypeOrm,
): TransactionalAdapterTypeOrm {
  lendToHost(typeOrmAdapter(dataSource), host);
  return acceptLent(adapter);
}
