import { Named } from '../../errors/named.decorator.js';
import type { ReconciliationFinding, ReconciliationSummary } from './reconciliation-finding.js';
import type { ReconciliationPlan } from './reconciliation-options.js';
import type { Tally } from './tally.js';

/** A comparison of the books: its differences as they are found, once, and what was counted. */
@Named('ReconciliationRun')
export class ReconciliationRun implements AsyncIterable<ReconciliationFinding> {
  readonly from: Date;
  readonly to: Date;
  readonly #tally: Tally;
  readonly #findings: AsyncGenerator<ReconciliationFinding, void, undefined>;

  constructor(
    { from, to }: ReconciliationPlan,
    tally: Tally,
    findings: AsyncGenerator<ReconciliationFinding, void, undefined>,
  ) {
    this.from = from;
    this.to = to;
    this.#tally = tally;
    this.#findings = findings;
  }

  /** What has been counted up to now; complete when the differences have come to their end. */
  get summary(): ReconciliationSummary {
    return this.#tally.summary();
  }

  [Symbol.asyncIterator](): AsyncIterator<ReconciliationFinding, void, undefined> {
    return this.#findings;
  }

  /** Takes the comparison to its end, for whoever wants the counts only. */
  async toEnd(): Promise<ReconciliationSummary> {
    for await (const _ of this.#findings);
    return this.summary;
  }
}
