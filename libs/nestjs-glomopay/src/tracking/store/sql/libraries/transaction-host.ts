import { GlomopayConfigurationError } from '../../../../errors/configuration.error.js';
import type { SqlAdapter } from '../connections/sql-adapter.js';

/** Carries a lent transaction through the options of a `TransactionHost`. */
const LENT = Symbol.for('nestjs-glomopay:lent-transaction');

/** A `TransactionHost` of `@nestjs-cls/transactional`, as far as it is used here. */
export interface AmbientTransactionHost {
  readonly tx: unknown;
  withTransaction(options: object, work: () => Promise<void>): Promise<void>;
  withoutTransaction(work: () => Promise<void>): Promise<void>;
}

/** A transactional adapter of `@nestjs-cls/transactional`, as far as it is used here. */
export interface AmbientTransactionAdapter {
  optionsFactory(...params: never[]): {
    wrapWithTransaction(
      options: object,
      work: () => Promise<unknown>,
      setTx: (tx: unknown) => void,
    ): Promise<unknown>;
  };
}

/** The adapter whose transactions are the ambient ones of the host while it lends them. */
export function lentToHost<Tx, Asked extends readonly unknown[], Answer>(
  adapter: SqlAdapter<Tx, Asked, Answer>,
  host: AmbientTransactionHost,
): SqlAdapter<Tx, Asked, Answer> {
  return {
    query: (...asked) => adapter.query(...asked),
    transaction: (work, options) => adapter.transaction(work, options),
    lent: (tx, work) =>
      host.withoutTransaction(() =>
        host.withTransaction({ [LENT]: tx }, async () => {
          assertAccepted(host, tx);
          // Whatever the adapter itself has to put somewhere for the host.
          await (adapter.lent?.(tx, work) ?? work());
        }),
      ),
  };
}

/**
 * The other side of `lendToHost`: an adapter for `ClsPluginTransactional` that takes over a
 * transaction which the store lends, and otherwise does what it always did.
 *
 * @example
 * new ClsPluginTransactional({
 *   adapter: acceptLent(new TransactionalAdapterTypeOrm({ dataSourceToken: DataSource })),
 * });
 */
export function acceptLent<Adapter extends AmbientTransactionAdapter>(adapter: Adapter): Adapter {
  const optionsFactory: AmbientTransactionAdapter['optionsFactory'] = (...params) => {
    const own = adapter.optionsFactory(...params);
    return {
      ...own,
      async wrapWithTransaction(options, work, setTx) {
        const lent: unknown = Reflect.get(options, LENT);
        if (lent === undefined) return own.wrapWithTransaction(options, work, setTx);
        setTx(lent);
        return work();
      },
    };
  };
  return Object.create(adapter, { optionsFactory: { value: optionsFactory, enumerable: true } });
}

/** Without the other side the host would open a transaction of its own, and writes would be lost. */
function assertAccepted(host: AmbientTransactionHost, tx: unknown): void {
  if (host.tx === tx) return;
  throw new GlomopayConfigurationError([
    'lendToHost: the TransactionHost does not take over transactions; give ClsPluginTransactional { adapter: acceptLent(…) }',
  ]);
}
