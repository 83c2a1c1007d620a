import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Named } from '../errors/named.decorator.js';
import { Reconciliation } from '../tracking/reconciliation/reconciliation.js';
import type {
  ReconciliationFinding,
  ReconciliationSummary,
} from '../tracking/reconciliation/reconciliation-finding.js';
import {
  errorAnswerOf,
  type OperationsErrorAnswer,
  OperationsRefusal,
} from './operations-refusal.js';
import { OperationsDesk } from './operations-desk.js';

/** The rest is counted. */
const MOST_KEPT = 100;

/** A comparison of the books, as it stands. */
export interface ReconciliationReport {
  readonly account: string;
  readonly from: Date;
  readonly to: Date;
  readonly repair: boolean;
  /** Who began it. */
  readonly by: string;
  readonly state: 'running' | 'ended' | 'cancelled' | 'failed';
  readonly summary: ReconciliationSummary;
  /** The first of what is left for a person. */
  readonly left: readonly ReconciliationFinding[];
  /** Why it failed. */
  readonly error: OperationsErrorAnswer | null;
}

/** What is compared, and what may be done about differences. */
export interface ReconciliationWish {
  readonly from: Date;
  readonly to: Date | undefined;
  readonly repair: boolean;
  readonly by: string;
}

/** A comparison that is under way. */
export interface BegunComparison {
  /** How it has ended; never rejects. */
  readonly ended: Promise<ReconciliationReport>;
}

interface Run {
  report: ReconciliationReport;
  readonly summary: () => ReconciliationSummary;
  readonly closing: AbortController;
  done: Promise<void>;
}

/** Compares with the gateway when an operator wants it: of each account one comparison at a time. */
@Injectable()
@Named('ReconciliationDesk')
export class ReconciliationDesk implements OnModuleDestroy {
  readonly #logger = new Logger('Glomopay');
  readonly #desk: OperationsDesk;
  readonly #runs = new Map<string, Run>();

  constructor(@Inject(OperationsDesk) desk: OperationsDesk) {
    this.#desk = desk;
  }

  /** The last comparison of an account; undefined when there was none since this process began. */
  last(account: string): ReconciliationReport | undefined {
    const run = this.#runs.get(account);
    return run && { ...run.report, summary: run.summary() };
  }

  /**
   * Compares, and tells each difference as it is found; it goes no faster than it is heard. Ends early
   * when the signal does.
   *
   * @throws {OperationsRefusal} one is under way, or there is no such account; nothing has begun.
   * @throws {GlomopayValidationError} the part of time is none.
   */
  begin(
    account: string,
    wish: ReconciliationWish,
    signal: AbortSignal,
    hear: (finding: ReconciliationFinding) => Promise<void>,
  ): Promise<BegunComparison> {
    return new Promise((begun, refused) => {
      const using = this.#desk.with(account, async (of) => {
        const run = this.#start(account, of(Reconciliation), wish, signal, hear);
        begun({ ended: run.done.then(() => ({ ...run.report, summary: run.summary() })) });
        await run.done;
      });
      using.catch(refused);
    });
  }

  #start(
    account: string,
    books: Reconciliation,
    { from, to, repair, by }: ReconciliationWish,
    signal: AbortSignal,
    hear: (finding: ReconciliationFinding) => Promise<void>,
  ): Run {
    if (this.#runs.get(account)?.report.state === 'running') throw new OperationsRefusal('busy');
    const closing = new AbortController();
    const either = AbortSignal.any([signal, closing.signal]);
    const comparison = books.reconcile({ from, to, repair, signal: either });
    const left: ReconciliationFinding[] = [];
    const run: Run = {
      report: {
        account,
        from: comparison.from,
        to: comparison.to,
        repair,
        by,
        state: 'running',
        summary: comparison.summary,
        left,
        error: null,
      },
      summary: () => comparison.summary,
      closing,
      done: Promise.resolve(),
    };
    this.#runs.set(account, run);
    this.#logger.log(`${by} has begun a comparison of ${account} with the gateway`);
    const work = async (): Promise<void> => {
      for await (const finding of comparison) {
        if (!finding.repaired && left.length < MOST_KEPT) left.push(finding);
        await hear(finding);
      }
    };
    run.done = work().then(
      () => this.#end(run, either.aborted ? 'cancelled' : 'ended'),
      (thrown: unknown) => this.#end(run, either.aborted ? 'cancelled' : 'failed', thrown),
    );
    return run;
  }

  async onModuleDestroy(): Promise<void> {
    const runs = [...this.#runs.values()];
    for (const { closing } of runs) closing.abort();
    await Promise.all(runs.map(({ done }) => done));
  }

  #end(run: Run, state: 'ended' | 'cancelled' | 'failed', thrown?: unknown): void {
    const error = state === 'failed' ? errorAnswerOf(thrown) : null;
    run.report = { ...run.report, state, error };
    if (state !== 'failed') return;
    const words = thrown instanceof Error ? thrown.message : 'unknown';
    this.#logger.error(`The comparison with the gateway failed: ${words}`);
  }
}
