import { WorkEngine } from '../tracking/engine/work-engine.js';
import { RUN_TIME_ACCOUNTS } from './merchants-options.js';

/** No name of an account that is made at run time has one in it. */
const BETWEEN = '/';

/** The id of an account's event in the work of all accounts. */
export function sharedId(account: string, eventId: string): string {
  return `${account}${BETWEEN}${eventId}`;
}

/** Whose event it is, and its own id. */
export function partsOf(id: string): readonly [account: string, eventId: string] {
  const at = id.indexOf(BETWEEN);
  return [id.slice(0, at), id.slice(at + 1)];
}

/** The engine as one account sees it: it wakes the work of all. */
export class MerchantWakes extends WorkEngine {
  readonly #engine: WorkEngine;

  constructor(engine: WorkEngine) {
    super();
    this.#engine = engine;
  }

  /** Nothing: the work of all accounts was started once. */
  override async start(): Promise<void> {}

  override wake(account: string, eventId: string): void {
    this.#engine.wake(RUN_TIME_ACCOUNTS, sharedId(account, eventId));
  }

  /** Nothing: it ends with the application. */
  override async stop(): Promise<void> {}
}
