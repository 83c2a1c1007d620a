import { isEmitter } from './emitter.js';
import type { HeldConnection, Query } from './held-connection.js';
import { PoolWatch } from './pool-watch.js';
import type { SqlAdapter, TransactionOptions } from './sql-adapter.js';
import { inTime, NoAnswerError, TIME_LIMITS, type TimeLimits } from './time-limits.js';

/** How a database library hands out connections of its pool. */
export interface ConnectionSource<Tx, Asked extends readonly unknown[], Answer> {
  take(): Promise<HeldConnection<Tx, Asked, Answer>>;
  /** The pool of the driver underneath; undefined when the library does not show it. */
  pool(): unknown;
}

/** What is to be known of the drivers of a database. */
export interface DriverTraits {
  /** For messages: `Postgres`. */
  readonly database: string;
  /** Ends a client at once, also one whose other side is silent. */
  endClient(client: unknown): void;
  /** Whether a failure says that the server takes no writes. */
  takesNoWrites(thrown: unknown): boolean;
  /** Watches over a wait for a connection. @defaultValue the driver needs no watching */
  endStuckAttempts?(pool: unknown, waitMs: number): { stop(): void };
}

/** More than a pool has; one that does not tell of new connections cannot keep us discarding. */
const MOST_DISCARDED = 200;

/** Waits for an answer of the database; one that does not come ends the connection. */
type Ask = <T>(answer: Promise<T>) => Promise<T>;

/**
 * Uses connections of the host's pool such that none of them harms the process or keeps the store
 * waiting for ever, however the pool is set:
 * - while one is ours, its death is our failure and nobody's unhandled event;
 * - a statement that is not answered in time ends its connection, and with it goes whatever else the
 *   pool has kept since before: it went silent with the same server or firewall;
 * - so does one whose server takes no writes any more, since a failover ends none by itself;
 * - nobody waits for ever for a connection.
 */
export class Connections<Tx, Asked extends readonly unknown[], Answer> implements SqlAdapter<
  Tx,
  Asked,
  Answer
> {
  readonly #source: ConnectionSource<Tx, Asked, Answer>;
  readonly #driver: DriverTraits;
  readonly #limits: TimeLimits;

  constructor(
    source: ConnectionSource<Tx, Asked, Answer>,
    driver: DriverTraits,
    limits: TimeLimits = TIME_LIMITS,
  ) {
    this.#source = source;
    this.#driver = driver;
    this.#limits = limits;
  }

  readonly query: Query<Asked, Answer> = (...asked) =>
    this.#use(this.#limits.answerMs, (held, ask) => ask(held.query(...asked)));

  readonly transaction = <T>(
    work: (tx: Tx, query: Query<Asked, Answer>) => Promise<T>,
    { patient = false }: TransactionOptions = {},
  ): Promise<T> => {
    const { answerMs, patientAnswerMs } = this.#limits;
    return this.#use(patient ? patientAnswerMs : answerMs, async (held, ask) => {
      const tx = await ask(held.begin());
      try {
        const result = await work(tx, (...asked) => ask(held.query(...asked)));
        await ask(held.commit());
        return result;
      } catch (thrown) {
        await ask(held.rollback()).catch((failure: unknown) => {
          throw new BrokenConnectionError(thrown, failure);
        });
        throw thrown;
      }
    });
  };

  async #use<T>(
    answerMs: number,
    work: (held: HeldConnection<Tx, Asked, Answer>, ask: Ask) => Promise<T>,
  ): Promise<T> {
    const watch = PoolWatch.over(this.#source.pool());
    const held = await this.#take(watch);
    const { client } = held;
    let failure: Error | undefined;
    const onError = (thrown: unknown): void => {
      failure ??= asError(thrown);
    };
    if (isEmitter(client)) client.on('error', onError);
    const ask: Ask = async (answer) => {
      const result = await inTime(answer, answerMs, () => {
        watch?.doubt();
        failure ??= new NoAnswerError(`${this.#driver.database} did not answer`, answerMs);
        this.#driver.endClient(client);
        return failure;
      });
      watch?.hear(client);
      return result;
    };
    try {
      return await work(held, ask);
    } catch (thrown) {
      const cause = thrown instanceof BrokenConnectionError ? thrown.cause : thrown;
      if (thrown instanceof BrokenConnectionError) failure ??= thrown;
      if (this.#driver.takesNoWrites(cause)) {
        watch?.doubt();
        failure ??= asError(cause);
      }
      throw cause;
    } finally {
      await held.giveBack(failure);
      if (isEmitter(client)) client.removeListener('error', onError);
    }
  }

  /** A connection that is of use as far as we know. */
  async #take(watch: PoolWatch | undefined): Promise<HeldConnection<Tx, Asked, Answer>> {
    for (let discarded = 0; ; discarded += 1) {
      const held = await this.#takeAny();
      if (discarded === MOST_DISCARDED || watch?.isSuspect(held.client) !== true) return held;
      await held.giveBack(new Error('Others of its age were of no use'));
    }
  }

  async #takeAny(): Promise<HeldConnection<Tx, Asked, Answer>> {
    const { connectMs } = this.#limits;
    const taking = this.#source.take();
    const stuck = this.#driver.endStuckAttempts?.(this.#source.pool(), connectMs);
    try {
      return await inTime(taking, connectMs, () => {
        void taking.then((held) => held.giveBack(undefined)).catch(() => undefined);
        return new NoAnswerError(
          `The pool gave no connection to ${this.#driver.database}`,
          connectMs,
        );
      });
    } finally {
      stuck?.stop();
    }
  }
}

/** A transaction that could not be rolled back; the cause is why it should have been. */
class BrokenConnectionError extends Error {
  constructor(cause: unknown, failure: unknown) {
    super(`A rollback failed: ${asError(failure).message}`, { cause });
    this.name = 'BrokenConnectionError';
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('The connection is broken');
}
