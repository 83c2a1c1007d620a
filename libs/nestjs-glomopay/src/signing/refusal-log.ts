import { Logger } from '@nestjs/common';
import type { GlomopaySignatureFault } from '../errors/signature.error.js';

const QUIET_MS = 1_000;

type Kind = GlomopaySignatureFault | 'setup' | 'store';

/**
 * Counts refused messages and says so at most once a second per reason, so that a flood of forged
 * ones cannot fill a disk. The lines carry the reason and the number, and nothing that was sent.
 */
export class RefusalLog {
  readonly #logger = new Logger('Glomopay');
  readonly #counts = new Map<Kind, { total: number; spokenAt: number }>();

  constructor(private readonly subject: 'callback' | 'webhook') {}

  count(reason: GlomopaySignatureFault): void {
    const total = this.#audible(reason);
    if (total !== undefined) {
      this.#logger.warn(`${this.subject} refused: ${reason} (${total} since start)`);
    }
  }

  /** Counts a message that could not be verified because of this application, not of its sender. */
  countUnverifiable(advice: string): void {
    const total = this.#audible('setup');
    if (total !== undefined) {
      this.#logger.error(`${this.subject} not verified (${total} since start): ${advice}`);
    }
  }

  /** Counts an authentic message that could not be kept; its sender is told to send it again. */
  countUnstored(): void {
    const total = this.#audible('store');
    if (total !== undefined) {
      this.#logger.error(`${this.subject} not stored (${total} since start): see to the database`);
    }
  }

  /** Counts one more. The number, when it is time to speak again. */
  #audible(reason: Kind): number | undefined {
    const entry = this.#counts.get(reason) ?? { total: 0, spokenAt: -Infinity };
    this.#counts.set(reason, entry);
    entry.total += 1;
    if (performance.now() - entry.spokenAt < QUIET_MS) return undefined;
    entry.spokenAt = performance.now();
    return entry.total;
  }
}
