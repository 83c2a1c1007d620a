import { Logger } from '@nestjs/common';
import type { MadeAccount } from './made-account.js';

/** Accounts that are being closed; the end of the application waits for them. */
export class ClosingAccounts {
  readonly #logger = new Logger('Glomopay');
  readonly #closing = new Set<Promise<void>>();

  /** Resolves when the account is closed. Never rejects. */
  close(account: MadeAccount, atOnce = false): Promise<void> {
    const closing = account
      .close(atOnce)
      .catch((thrown: unknown) => {
        const kind = thrown instanceof Error ? thrown.name : 'unknown';
        this.#logger.error(`the account ${account.name} did not close cleanly: ${kind}`);
      })
      .finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
    return closing;
  }

  /** Closes these at once, and waits for those that are being closed. */
  async closeAll(accounts: readonly MadeAccount[]): Promise<void> {
    for (const account of accounts) void this.close(account, true);
    await Promise.all(this.#closing);
  }
}
