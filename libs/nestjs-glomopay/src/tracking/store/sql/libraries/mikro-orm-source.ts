import type { ConnectionSource } from '../connections/connections.js';
import type { HeldConnection } from '../connections/held-connection.js';
import { runTrait } from './client-traits.js';
import {
  KnexSource,
  type KnexInstance,
  type KnexTraits,
  type KnexTransaction,
} from './knex-source.js';

/** An entity manager of MikroORM 6, as far as it is used here. */
export interface MikroOrmManager {
  fork(options: { disableContextResolution: boolean }): this;
  getKnex(type: 'write'): KnexInstance<KnexTransaction>;
  setTransactionContext(context: unknown): void;
  flush(): Promise<void>;
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/**
 * The clients of the pool of MikroORM's Knex, whose transactions are entity managers.
 *
 * @param user Whose MikroORM it is, for the message when it is one of another database.
 * @param of The `MikroORM`, or any entity manager of it.
 */
export function mikroOrmSource<
  Manager extends MikroOrmManager,
  Asked extends readonly unknown[],
  Answer,
>(
  user: string,
  of: Manager | { readonly em: Manager },
  traits: KnexTraits<Asked, Answer>,
): ConnectionSource<Manager, Asked, Answer> {
  const em = 'em' in of ? of.em : of;
  const knex = new KnexSource(user, () => em.getKnex('write'), traits);
  return {
    pool: () => knex.pool(),
    take: async () => withManager(await knex.take(), em, traits),
  };
}

/** The same connection, whose transaction is an entity manager's. */
function withManager<Manager extends MikroOrmManager, Asked extends readonly unknown[], Answer>(
  held: HeldConnection<KnexTransaction, Asked, Answer>,
  em: Manager,
  traits: KnexTraits<Asked, Answer>,
): HeldConnection<Manager, Asked, Answer> {
  let fork: Manager | undefined;
  return {
    ...held,
    async begin() {
      const tx = await held.begin();
      // It takes nothing from the context of whoever calls.
      fork = em.fork({ disableContextResolution: true });
      fork.setTransactionContext(tx);
      return fork;
    },
    async commit() {
      await fork?.flush();
      await runTrait(traits, held.query, traits.beforeCommit);
      // By MikroORM's own commit, which its subscribers hear of.
      await fork?.commit();
    },
    async rollback() {
      await fork?.rollback();
      // Not told of a ROLLBACK that is not answered; this waits behind it.
      await runTrait(traits, held.query, 'SELECT 1');
    },
  };
}
