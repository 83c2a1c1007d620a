import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../config/clock.js';
import { GLOMOPAY_CLOCK } from '../../config/glomopay.tokens.js';
import { Named } from '../../errors/named.decorator.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { Movements } from '../movements/movement.js';
import { TrackingStore } from '../store/tracking-store.js';
import { GatewayBooks } from './gateway-books.js';
import { Mender } from './mender.js';
import type { ReconciliationFinding } from './reconciliation-finding.js';
import {
  planOf,
  type ReconciliationOptions,
  type ReconciliationPlan,
} from './reconciliation-options.js';
import type { ReconciliationParts } from './reconciliation-parts.js';
import { ReconciliationRun } from './reconciliation-run.js';
import { Tally } from './tally.js';

/** Compares what the gateway has with the records of movements. */
@Injectable()
@Named('Reconciliation')
export class Reconciliation {
  readonly #books: GatewayBooks;
  readonly #clock: Clock;
  readonly #parts: ReconciliationParts;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(Movements) movements: Movements,
    @Inject(GatewayBooks) books: GatewayBooks,
    @Inject(Mender) mender: Mender,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#books = books;
    this.#clock = clock;
    this.#parts = { account: config.account, store, movements, mender };
  }

  /**
   * Compares the gateway's list of a part of time with the records of that time, and mends what is safe:
   * a record that waits for an outcome gets it, with its handlers; an object of ours that no record names
   * gets one for a person, or the one that `expectationOf` vouches for. The rest is reported and left.
   * Nothing happens before the differences are read, and it stops where the reader stops.
   *
   * Needs the memory of a few pages, a request and a query for each hundred objects, and one of each for
   * whatever does not meet its other half by time.
   *
   * @throws {GlomopayValidationError} the part of time cannot be read or has no length, or an option is
   *   not of its type.
   * @throws {GlomopayError} from the iteration: the gateway did not answer, or its list cannot be trusted.
   *   What was mended stays; a later run goes on.
   */
  reconcile(options: ReconciliationOptions): ReconciliationRun {
    const plan = planOf(options, this.#clock.date());
    const tally = new Tally();
    return new ReconciliationRun(plan, tally, this.#findings(plan, tally));
  }

  async *#findings(
    plan: ReconciliationPlan,
    tally: Tally,
  ): AsyncGenerator<ReconciliationFinding, void, undefined> {
    for (const book of this.#books.of(this.#parts.movements)) {
      plan.signal?.throwIfAborted();
      yield* book.compare(plan, this.#parts, tally);
    }
  }
}
