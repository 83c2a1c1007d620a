/** Why a transaction is rolled back, as its library gets to see it. */
class RolledBack extends Error {}

/** A transaction of a library that runs it around a callback, in steps of our own. */
export class SteppedTransaction<Tx> {
  /** The transaction, once it has begun. */
  readonly begun: Promise<Tx>;
  readonly #ended: Promise<void>;
  #commit = (): void => undefined;
  #rollBack = (_reason: RolledBack): void => undefined;

  constructor(run: (work: (tx: Tx) => Promise<void>) => Promise<void>) {
    const work = new Promise<void>((resolve, reject) => {
      this.#commit = resolve;
      this.#rollBack = reject;
    });
    let ended = Promise.resolve();
    this.begun = new Promise<Tx>((resolve, reject) => {
      ended = run((tx) => {
        resolve(tx);
        return work;
      });
      ended.catch(reject);
    });
    this.#ended = ended;
    // They are awaited by whoever commits or rolls back; until then nobody has to be surprised.
    for (const promise of [work, this.begun]) promise.catch(() => undefined);
  }

  commit(): Promise<void> {
    this.#commit();
    return this.#ended;
  }

  async rollback(): Promise<void> {
    this.#rollBack(new RolledBack());
    await this.#ended.catch((thrown: unknown) => {
      if (!(thrown instanceof RolledBack)) throw thrown;
    });
  }
}
