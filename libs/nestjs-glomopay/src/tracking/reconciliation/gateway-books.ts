import type { Movements } from '../movements/movement.js';
import type { TrackedKind } from '../store/tracked-record.js';
import { Comparison } from './comparison.js';
import type { GatewayBook } from './gateway-book.js';
import type { ReconciliationFinding } from './reconciliation-finding.js';
import type { ReconciliationPlan } from './reconciliation-options.js';
import type { ReconciliationParts } from './reconciliation-parts.js';
import type { Tally } from './tally.js';

/** A book of whatever objects, ready to be compared. */
export interface OpenBook {
  readonly kind: TrackedKind;
  compare(
    plan: ReconciliationPlan,
    parts: ReconciliationParts,
    tally: Tally,
  ): AsyncGenerator<ReconciliationFinding, void, undefined>;
}

/** Opens a book for comparison. */
export function opened<T>(book: GatewayBook<T>): OpenBook {
  return {
    kind: book.kind,
    compare: (plan, parts, tally) => new Comparison(book, plan, parts, tally).findings(),
  };
}

/** The lists of the gateway that are compared, in their order. */
export class GatewayBooks {
  readonly #books: readonly OpenBook[];

  constructor(...books: readonly OpenBook[]) {
    this.#books = books;
  }

  /** Those whose movements this application tracks; others' objects are no business of ours. */
  of(movements: Movements): readonly OpenBook[] {
    return this.#books.filter(({ kind }) => movements.has(kind));
  }
}
