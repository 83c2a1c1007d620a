import { setImmediate as nextTurn } from 'node:timers/promises';
import { memberOf } from '../tracking/store/sql/connections/emitter.js';
import type { SteppedTransaction } from '../tracking/store/sql/connections/stepped-transaction.js';

/** Whether it is still the one that its connection has open. */
type Transaction = Pick<SteppedTransaction<unknown>, 'isEnding' | 'ended'>;

/** A statement that came when its transaction had ended; it was not run. */
class TransactionOverError extends Error {
  constructor() {
    super('The transaction has ended, perhaps with its connection; the statement was not run');
    this.name = 'TransactionOverError';
  }
}

/**
 * A transaction of postgres.js that runs no statement when it has ended. The original would give it
 * to its former connection: that ends the process, or runs it in a new session outside of any
 * transaction, where it stands although the outcome was rolled back.
 */
export function guarded<Tx extends object>(tx: Tx, transaction: Transaction): Tx {
  return new Proxy(tx, {
    apply: (target, self, params) => guard(call(target, self, params), transaction),
    get(target, member) {
      const value: unknown = Reflect.get(target, member, target);
      if (member === 'unsafe' || member === 'file') {
        return (...params: unknown[]) => guard(call(value, target, params), transaction);
      }
      if (member !== 'savepoint') return value;
      return (...params: unknown[]) =>
        savepoint((inside) => call(value, target, params.map(inside)), transaction);
    },
  });
}

/** Looks when the statement is about to be run, in a turn that no death of a connection shares. */
function guard(statement: unknown, transaction: Transaction): unknown {
  const run = memberOf(statement, 'handler');
  if (typeof run !== 'function' || typeof statement !== 'object') return statement;
  const later = (query: unknown): void => {
    setImmediate(() => {
      if (!transaction.isEnding) run(query);
      else call(memberOf(query, 'reject'), query, [new TransactionOverError()]);
    });
  };
  return Object.assign(Object(statement), { handler: Object.assign(later, run) });
}

/** Fails with the transaction; what postgres.js would do to end it then is not done. */
async function savepoint(
  run: (inside: (param: unknown) => unknown) => unknown,
  transaction: Transaction,
): Promise<unknown> {
  await nextTurn();
  if (transaction.isEnding) throw new TransactionOverError();
  const over = transaction.ended.then(() => Promise.reject(new TransactionOverError()));
  const inside = (param: unknown): unknown => {
    if (typeof param !== 'function') return param;
    return async (inner: object) => {
      try {
        return await call(param, undefined, [guarded(inner, transaction)]);
      } finally {
        await nextTurn();
        if (transaction.isEnding) await new Promise(() => undefined);
      }
    };
  };
  return Promise.race([run(inside), over]);
}

function call(method: unknown, self: unknown, params: readonly unknown[]): unknown {
  if (typeof method !== 'function') throw new TypeError('postgres.js is not as it was');
  return Reflect.apply(method, self, params);
}
