import type { ModulesContainer } from '@nestjs/core';
import { ofAccount } from './discovered-methods.js';
import { oncePerApplication } from './once-per-application.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_ACCOUNT } from '../config/tracking.tokens.js';

/** With more accounts than this, those of which the same is to be said are told of in one line. */
const EACH_BY_ITSELF = 10;

/** Gives a line about the accounts whose name it is given, as ` of emea`, to a log. */
export type BootLine = (whose: string) => void;

/**
 * Collects what the accounts of an application say at boot, so that a thousand accounts with the same
 * handlers are one line.
 */
export class BootLines {
  readonly #of: (modules: ModulesContainer) => Collected;

  constructor() {
    this.#of = oncePerApplication((modules) => ({
      accounts: accountsOf(modules),
      told: 0,
      lines: new Map(),
    }));
  }

  /**
   * Every account says something, or that it has nothing to say: with the last one the lines are written.
   * What is made at run time is not waited for: one stands for all, and says it at once.
   *
   * @param what What is said, the same for accounts that share a line.
   * @param write Undefined: nothing.
   */
  say(
    modules: ModulesContainer,
    { account, atRunTime }: Pick<TrackingConfig, 'account' | 'atRunTime'>,
    what: string,
    write: BootLine | undefined,
  ): void {
    if (atRunTime !== undefined) {
      if (atRunTime === 'all') write?.(ofAccount(account));
      return;
    }
    const collected = this.#of(modules);
    if (collected.accounts <= EACH_BY_ITSELF) {
      write?.(ofAccount(account));
      return;
    }
    if (write !== undefined) {
      const line = collected.lines.get(what) ?? { accounts: [], write };
      line.accounts.push(account);
      collected.lines.set(what, line);
    }
    collected.told += 1;
    if (collected.told < collected.accounts) return;
    for (const { accounts, write: writeLine } of collected.lines.values()) {
      const [first = '', another] = accounts;
      writeLine(another === undefined ? ofAccount(first) : ` of ${accounts.length} accounts`);
    }
    collected.lines.clear();
  }
}

interface Collected {
  /** How many accounts are tracked. */
  readonly accounts: number;
  told: number;
  readonly lines: Map<string, { readonly accounts: string[]; readonly write: BootLine }>;
}

function accountsOf(modules: ModulesContainer): number {
  return [...modules.values()].filter(({ providers }) => providers.has(GLOMOPAY_TRACKING_ACCOUNT))
    .length;
}
