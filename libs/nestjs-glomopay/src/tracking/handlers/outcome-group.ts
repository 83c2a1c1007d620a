import { HandlerGroup } from './handler-group.js';

/** The application's methods that hear of outcomes in the transaction that records them, of one sort. */
export abstract class OutcomeGroup<Outcome> extends HandlerGroup {
  /** Runs every handler in the transaction; the first that throws ends it. */
  run(outcome: Outcome, tx: unknown): Promise<void> {
    return this.runEach(this.handlers, outcome, tx);
  }
}
