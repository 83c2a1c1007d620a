import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import {
  Reconciliation,
  type ReconciliationFinding,
  type ReconciliationRun,
  type ReconciliationSummary,
} from 'nestjs-glomopay';

const DAY_MS = 24 * 60 * 60 * 1000;
/** The rest is counted. */
const MOST_KEPT = 20;

/** A comparison of the books, as it stands. */
export interface ReconciliationReport {
  readonly from: Date;
  readonly to: Date;
  readonly state: 'running' | 'ended' | 'failed';
  readonly summary: ReconciliationSummary;
  /** The first of what is left for a person. */
  readonly left: readonly ReconciliationFinding[];
}

/** Compares the last day with the gateway when an operator wants it, once at a time. */
@Injectable()
export class ReconciliationDesk implements OnModuleDestroy {
  readonly #reconciliation: Reconciliation;
  readonly #logger = new Logger(ReconciliationDesk.name);
  readonly #closing = new AbortController();
  #run: ReconciliationRun | undefined;
  #state: ReconciliationReport['state'] = 'ended';
  #left: ReconciliationFinding[] = [];
  #work: Promise<void> = Promise.resolve();

  constructor(@Inject(Reconciliation) reconciliation: Reconciliation) {
    this.#reconciliation = reconciliation;
  }

  /** The last comparison; undefined when there was none since this process began. */
  get last(): ReconciliationReport | undefined {
    if (this.#run === undefined) {
      return undefined;
    }
    const { from, to, summary } = this.#run;
    return { from, to, state: this.#state, summary, left: this.#left };
  }

  /** Begins a comparison, and mends what is safe. False: one is under way. */
  begin(): boolean {
    if (this.#state === 'running') {
      return false;
    }
    const { signal } = this.#closing;
    this.#run = this.#reconciliation.reconcile({ from: new Date(Date.now() - DAY_MS), signal });
    this.#left = [];
    this.#state = 'running';
    this.#work = this.#read(this.#run);
    return true;
  }

  async onModuleDestroy(): Promise<void> {
    this.#closing.abort();
    await this.#work;
  }

  async #read(run: ReconciliationRun): Promise<void> {
    try {
      for await (const finding of run) {
        if (!finding.repaired && this.#left.length < MOST_KEPT) {
          this.#left.push(finding);
        }
      }
      this.#state = 'ended';
    } catch (error) {
      this.#state = 'failed';
      if (!this.#closing.signal.aborted) {
        this.#logger.error(
          `The comparison with the gateway failed: ${error instanceof Error ? error.message : 'unknown'}`,
        );
      }
    }
  }
}
