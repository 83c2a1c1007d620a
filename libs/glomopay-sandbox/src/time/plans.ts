import type { Scheduler } from './clock.js';

/** What is planned for objects, one thing for each: a later plan replaces the one before. */
export class Plans<Action> {
  readonly #planned = new Map<string, { readonly dueAt: number; readonly action: Action }>();

  readonly #clock: Scheduler;
  readonly #onDue: (id: string) => void;

  /** @param onDue is called when a plan's time has come, to take it and act. */
  constructor(clock: Scheduler, onDue: (id: string) => void) {
    this.#clock = clock;
    this.#onDue = onDue;
  }

  /** @param dueAt milliseconds since the Unix epoch. */
  set(id: string, dueAt: number, action: Action): void {
    this.#planned.set(id, { dueAt, action });
    this.#clock.at(dueAt, async () => this.#onDue(id));
  }

  drop(id: string): void {
    this.#planned.delete(id);
  }

  /** The plan of an object, taken off, if its time has come. */
  takeDue(id: string): Action | undefined {
    const plan = this.#planned.get(id);
    if (!plan || plan.dueAt > this.#clock.now()) return undefined;
    this.#planned.delete(id);
    return plan.action;
  }
}
