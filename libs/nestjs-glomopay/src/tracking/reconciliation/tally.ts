import type { ReconciliationFinding, ReconciliationSummary } from './reconciliation-finding.js';

/** Counts along with a comparison. */
export class Tally {
  #equal = 0;
  #foreign = 0;
  #findings = 0;
  #repaired = 0;

  equal(): undefined {
    this.#equal += 1;
  }

  foreign(): undefined {
    this.#foreign += 1;
  }

  found(finding: ReconciliationFinding): ReconciliationFinding {
    this.#findings += 1;
    if (finding.repaired) this.#repaired += 1;
    return finding;
  }

  summary(): ReconciliationSummary {
    const [equal, foreign, findings] = [this.#equal, this.#foreign, this.#findings];
    const compared = equal + foreign + findings;
    return { compared, equal, foreign, findings, repaired: this.#repaired };
  }
}
