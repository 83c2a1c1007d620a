import { Logger } from '@nestjs/common';
import type { AccountOptions } from '../config/account-source.js';
import type { Clock } from '../config/clock.js';
import { GlomopayAccountUnavailableError } from '../errors/account-unavailable.error.js';
import { cleanCause } from '../errors/clean-cause.js';
import { Seldom } from '../values/seldom.js';
import { within } from '../values/within.js';
import type { MerchantsConfig } from './merchants-options.js';
import { Remembered } from './remembered.js';
import { Turns } from './turns.js';

/** Questions to the source at once, and those that wait for their turn: the rest is told to come again. */
const AT_ONCE = 16;
const MOST_WAITING = 1_000;
/** Names that nobody knows, of which this is remembered. */
const MOST_UNKNOWN = 10_000;
const SAY_EVERY_MS = 60_000;

/** Asks the host's source for accounts, and spares it: names come from URLs. */
export class SourceQuestions {
  readonly #logger = new Logger('Glomopay');
  readonly #config: MerchantsConfig;
  readonly #turns: Turns;
  readonly #unknown: Remembered<true>;
  readonly #seldom = new Seldom(SAY_EVERY_MS);

  constructor(config: MerchantsConfig, clock: Clock) {
    this.#config = config;
    this.#turns = new Turns(AT_ONCE, MOST_WAITING, config.findTimeoutMs);
    this.#unknown = new Remembered(MOST_UNKNOWN, () => clock.now());
  }

  /**
   * What the source has under a name that is well-formed. Undefined: nothing.
   *
   * @throws {GlomopayAccountUnavailableError} it failed, was silent, or has too many questions already.
   */
  async ask(name: string): Promise<AccountOptions | undefined> {
    if (this.#config.source === undefined || this.isUnknown(name)) return undefined;
    const found = await this.#turns.take(
      () => this.#find(name),
      () => {
        throw this.#failed('it has too many questions already');
      },
    );
    if (found !== undefined) return found;
    this.#unknown.keep(name, true, this.#config.unknownMs);
    return undefined;
  }

  /** Whether the source has said lately that there is no such account. */
  isUnknown(name: string): boolean {
    return this.#unknown.get(name) === true;
  }

  /** The next question about it is asked. */
  forget(name: string): void {
    this.#unknown.forget(name);
  }

  async #find(name: string): Promise<AccountOptions | undefined> {
    const { source, findTimeoutMs } = this.#config;
    const patience = new AbortController();
    try {
      // In a reaction of its own: what a source throws at once is a rejection too.
      const answer = Promise.resolve().then(() => source?.find(name, patience.signal));
      return (
        (await within(findTimeoutMs, answer, () => {
          patience.abort();
          throw this.#failed(`it did not answer within ${findTimeoutMs} ms`);
        })) ?? undefined
      );
    } catch (thrown) {
      if (thrown instanceof GlomopayAccountUnavailableError) throw thrown;
      throw this.#failed('it failed', thrown);
    }
  }

  /** What a source throws may quote a query with a key in it: its kind is told, and nothing of its text. */
  #failed(what: string, thrown?: unknown): GlomopayAccountUnavailableError {
    const cause = thrown === undefined ? undefined : cleanCause(thrown);
    const kind = cause === undefined ? '' : ` (${cause.name} ${cause.message})`;
    if (this.#seldom.mayBeSaid(what)) {
      this.#logger.error(`the source of merchant accounts cannot be used: ${what}${kind}`);
    }
    return new GlomopayAccountUnavailableError(
      `the source was asked, and ${what}; see to it`,
      cause === undefined ? {} : { cause },
    );
  }
}
