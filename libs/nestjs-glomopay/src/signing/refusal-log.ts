import { Logger } from '@nestjs/common';
import type { GlomopaySignatureFault } from '../errors/signature.error.js';
import { Seldom } from '../values/seldom.js';

const QUIET_MS = 1_000;

/** Why a message is refused: it is not authentic, or it did not arrive. */
type Reason = GlomopaySignatureFault | 'too_slow' | 'broken';
type Kind = Reason | 'setup' | 'store' | 'kept_out' | 'unreadable';

/**
 * Counts refused messages and says so at most once a second per reason, so that a flood of forged
 * ones cannot fill a disk. The lines carry the reason and the number, and nothing that was sent.
 */
export class RefusalLog {
  readonly #logger = new Logger('Glomopay');
  readonly #subject: 'callback' | 'webhook';
  readonly #seldom = new Seldom(QUIET_MS);
  readonly #counts = new Map<Kind, number>();

  constructor(subject: 'callback' | 'webhook') {
    this.#subject = subject;
  }

  /** @param advice What its sender or the operator can do about it, in words of ours. */
  count(reason: Reason, advice?: string): void {
    const total = this.#audible(reason);
    if (total === undefined) return;
    const line = `${this.#subject} refused: ${reason} (${total} since start)`;
    this.#logger.warn(advice === undefined ? line : `${line}: ${advice}`);
  }

  /** Counts a message that could not be verified because of this application, not of its sender. */
  countUnverifiable(advice: string): void {
    const total = this.#audible('setup');
    if (total !== undefined) {
      this.#logger.error(`${this.#subject} not verified (${total} since start): ${advice}`);
    }
  }

  /** Counts an authentic message that could not be kept; its sender is told to send it again. */
  countUnstored(): void {
    const total = this.#audible('store');
    if (total !== undefined) {
      this.#logger.error(`${this.#subject} not stored (${total} since start): see to the database`);
    }
  }

  /** Counts a message that something of the host kept from where it would have been stored. */
  countKeptOut(): void {
    const total = this.#audible('kept_out');
    if (total !== undefined) {
      this.#logger.warn(
        `${this.#subject} kept out (${total} since start): a guard, interceptor or filter of the application ended it`,
      );
    }
  }

  /** Counts an authentic message that is taken though it cannot be read as one. */
  countUnreadable(detail: string): void {
    const total = this.#audible('unreadable');
    if (total !== undefined) {
      this.#logger.warn(
        `${this.#subject} taken, but not readable (${total} since start): ${detail}`,
      );
    }
  }

  /** Counts one more. The number, when it is time to speak again. */
  #audible(reason: Kind): number | undefined {
    const total = (this.#counts.get(reason) ?? 0) + 1;
    this.#counts.set(reason, total);
    return this.#seldom.mayBeSaid(reason) ? total : undefined;
  }
}
