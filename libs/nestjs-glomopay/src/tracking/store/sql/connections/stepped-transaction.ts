import { setImmediate as nextTurn } from 'node:timers/promises';

/** Why a transaction is rolled back, as its library gets to see it. */
class RolledBack extends Error {}

/** A transaction of a library that runs it around a callback, in steps of our own. */
export class SteppedTransaction<Tx> {
  /** The transaction, once it has begun. */
  readonly begun: Promise<Tx>;
  /** Settles when it has; rejects when nothing was committed. */
  readonly ended: Promise<void>;
  #isEnding = false;
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
    const end = (): void => {
      this.#isEnding = true;
    };
    ended.then(end, end);
    this.ended = ended;
    // They are awaited by whoever commits or rolls back; until then nobody has to be surprised.
    for (const promise of [work, this.begun]) promise.catch(() => undefined);
  }

  /** It has ended, by itself with its connection or by us, or is about to. */
  get isEnding(): boolean {
    return this.#isEnding;
  }

  async commit(): Promise<void> {
    await this.#end(() => this.#commit());
    await this.ended;
  }

  async rollback(): Promise<void> {
    await this.#end(() => this.#rollBack(new RolledBack()));
    await this.ended.catch((thrown: unknown) => {
      if (!(thrown instanceof RolledBack)) throw thrown;
    });
  }

  /**
   * Lets the library end it, unless it has ended: postgres.js would send its COMMIT or ROLLBACK to
   * whatever session the connection has by then. What the death of a connection fails at once is
   * known in the next turn.
   */
  async #end(how: () => void): Promise<void> {
    await nextTurn();
    if (this.#isEnding) return;
    this.#isEnding = true;
    how();
  }
}
