import { setTimeout as sleep } from 'node:timers/promises';
import type { Work, WorkRound } from '../src/tracking/engine/work-engine.js';

/** How the work behaves; the rest is by default. */
export interface RememberedWorkOptions {
  readonly account?: string;
  readonly pollEveryMs?: number;
  readonly sweepEveryMs?: number;
  /** What handling an event takes. */
  readonly handling?: (eventId: string) => Promise<void>;
}

/** The database and its lease, in memory: several engines can share one, as machines would. */
export class RememberedWork implements Work {
  readonly account: string;
  readonly pollEveryMs: number;
  readonly sweepEveryMs: number;
  /** Ids in the order in which their handling ended. */
  readonly handled: string[] = [];
  /** How often an engine has called `handle`, also for what was done or somebody else's. */
  calls = 0;
  sweeps = 0;
  looks = 0;
  mostAtOnce = 0;
  /** Whether the process may do it, as one that lacks handlers may not. */
  isAllowed = true;
  readonly #open = new Set<string>();
  readonly #claimed = new Set<string>();
  readonly #handling: (eventId: string) => Promise<void>;

  constructor({
    account = 'default',
    pollEveryMs = 200,
    sweepEveryMs = 0,
    handling = async () => undefined,
  }: RememberedWorkOptions = {}) {
    this.account = account;
    this.pollEveryMs = pollEveryMs;
    this.sweepEveryMs = sweepEveryMs;
    this.#handling = handling;
  }

  /** An event arrives; nobody is told. */
  insert(...eventIds: readonly string[]): void {
    for (const id of eventIds) this.#open.add(id);
  }

  get open(): number {
    return this.#open.size;
  }

  async handle(eventId: string): Promise<void> {
    this.calls += 1;
    if (!this.#open.has(eventId) || this.#claimed.has(eventId)) return;
    this.#claimed.add(eventId);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#claimed.size);
    try {
      await this.#handling(eventId);
      this.#open.delete(eventId);
      this.handled.push(eventId);
    } finally {
      this.#claimed.delete(eventId);
    }
  }

  async due(limit: number): Promise<readonly string[]> {
    this.looks += 1;
    return [...this.#open].filter((id) => !this.#claimed.has(id)).slice(0, limit);
  }

  async mayTake(): Promise<boolean> {
    return this.isAllowed;
  }

  async sweep(): Promise<WorkRound> {
    this.sweeps += 1;
    return { checked: 0, hasMore: false };
  }
}

/** Waits until something holds; throws when it never does. */
export async function until(holds: () => boolean | Promise<boolean>, patienceMs = 60_000) {
  for (const end = Date.now() + patienceMs; !(await holds()); await sleep(10)) {
    if (Date.now() > end) throw new Error(`never came true: ${holds.toString()}`);
  }
}

/** The first so many ids, as the inbox gives them. */
export function someIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `f${index.toString(16).padStart(63, '0')}`);
}
