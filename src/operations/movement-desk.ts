import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  GlomopayNotResolvableError,
  GlomopayValidationError,
  type GlomopayResolutionFault,
  type HistoryLine,
  type MovementKey,
  type MovementResolution,
  TrackedMovements,
  type TrackedRecord,
} from 'nestjs-glomopay';

/** A movement of money, and how it came to be what it is. */
export interface Movement {
  readonly record: TrackedRecord;
  readonly history: readonly HistoryLine[];
}

/** What became of closing one by hand. */
export type ClosingAnswer = 'closed' | GlomopayResolutionFault | 'bad_note' | 'bad_name';

/** Where operators close what no machine could. */
@Injectable()
export class MovementDesk {
  readonly #movements: TrackedMovements;
  readonly #logger = new Logger(MovementDesk.name);
  constructor(@Inject(TrackedMovements) movements: TrackedMovements) {
    this.#movements = movements;
  }

  async find(key: MovementKey): Promise<Movement | undefined> {
    const record = await this.#movements.get(key);
    return record && { record, history: await this.#movements.history(key) };
  }

  /** Undefined: there is no such movement. What an outcome handler throws comes through. */
  async close(
    key: MovementKey,
    resolution: MovementResolution,
  ): Promise<ClosingAnswer | undefined> {
    try {
      const closed = await this.#movements.resolve(key, resolution);
      if (closed) {
        this.#logger.log(`An operator has closed ${key.kind} ${key.requestId} as ${resolution.as}`);
      }
      return closed && 'closed';
    } catch (error) {
      if (error instanceof GlomopayNotResolvableError) {
        return error.fault;
      }
      if (error instanceof GlomopayValidationError) {
        return error.violations.some(({ path }) => path === 'by') ? 'bad_name' : 'bad_note';
      }
      throw error;
    }
  }
}
