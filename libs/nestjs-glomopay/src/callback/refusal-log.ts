import { Logger } from '@nestjs/common';
import type { GlomopaySignatureFault } from '../errors/signature.error.js';

const QUIET_MS = 1_000;

/**
 * Counts refused messages and says so at most once a second per reason, so that a flood of forged
 * ones cannot fill a disk. The lines carry the reason and the number, and nothing that was sent.
 */
export class RefusalLog {
  readonly #logger = new Logger('Glomopay');
  readonly #counts = new Map<GlomopaySignatureFault, { total: number; spokenAt: number }>();

  constructor(private readonly subject: 'callback' | 'webhook') {}

  count(reason: GlomopaySignatureFault): void {
    const entry = this.#counts.get(reason) ?? { total: 0, spokenAt: -Infinity };
    this.#counts.set(reason, entry);
    entry.total += 1;
    if (performance.now() - entry.spokenAt < QUIET_MS) return;
    entry.spokenAt = performance.now();
    this.#logger.warn(`${this.subject} refused: ${reason} (${entry.total} since start)`);
  }
}
