import type { AccountOptions } from '../config/account-source.js';
import type { Clock } from '../config/clock.js';
import { GivenOptions } from './given-options.js';
import type { MadeAccount } from './made-account.js';
import type { MerchantsConfig } from './merchants-options.js';

/** An account that was used just now is not closed for want of room, unless there are far too many. */
const JUST_NOW_MS = 5_000;
const FAR_TOO_MANY = 2;
/** Parts of the idle time after which it is looked who is idle. */
const LOOKS = 10;
const SHORTEST_LOOK_MS = 250;
/** After a source has failed an account that is open goes on for so long before it is asked again. */
const ASK_AGAIN_MS = 5_000;

/** An open account, and until when what the source has said of it counts. */
interface Entry {
  readonly account: MadeAccount;
  /** From then on the source is asked again. */
  askAt: number;
  /** Until then it may go on where the source fails. */
  validUntil: number;
}

/** The accounts of the source that are open, the one that was used last at the end. */
export class OpenAccounts {
  readonly #config: MerchantsConfig;
  readonly #clock: Clock;
  readonly #close: (account: MadeAccount) => Promise<void>;
  readonly #entries = new Map<string, Entry>();
  readonly #timer: NodeJS.Timeout;

  constructor(
    config: MerchantsConfig,
    clock: Clock,
    close: (account: MadeAccount) => Promise<void>,
  ) {
    this.#config = config;
    this.#clock = clock;
    this.#close = close;
    const everyMs = Math.max(SHORTEST_LOOK_MS, config.idleMs / LOOKS);
    this.#timer = setInterval(() => this.#closeIdle(), everyMs).unref();
  }

  names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  accounts(): readonly MadeAccount[] {
    return [...this.#entries.values()].map(({ account }) => account);
  }

  /** One of which the source need not be asked; it counts as used. */
  fresh(name: string): MadeAccount | undefined {
    const entry = this.#entries.get(name);
    return entry !== undefined && this.#clock.now() < entry.askAt ? this.#use(entry) : undefined;
  }

  /** One that is open, however old; that it was looked at is no use of it. */
  peek(name: string): MadeAccount | undefined {
    return this.#entries.get(name)?.account;
  }

  /** One that is open, however old; it counts as used. */
  standing(name: string): MadeAccount | undefined {
    const entry = this.#entries.get(name);
    return entry === undefined ? undefined : this.#use(entry);
  }

  /** Whether an open one may go on though the source fails. It is not asked again at once. */
  mayStand(name: string): boolean {
    const entry = this.#entries.get(name);
    const now = this.#clock.now();
    if (entry === undefined || now >= entry.validUntil) return false;
    entry.askAt = Math.min(now + ASK_AGAIN_MS, entry.validUntil);
    return true;
  }

  /** One that is open and goes on under these options: they count anew. */
  confirm(name: string, options: AccountOptions): MadeAccount | undefined {
    const entry = this.#entries.get(name);
    if (entry?.account.goesOnUnder(new GivenOptions(options)) !== true) return undefined;
    Object.assign(entry, this.#times());
    return this.#use(entry);
  }

  /** Takes it in, in the place of an older one of its name, and makes room for it. */
  add(account: MadeAccount): void {
    void this.close(account.name);
    this.#entries.set(account.name, { account, ...this.#times() });
    this.#makeRoom(account);
  }

  /** Nobody gets it any more. Resolves when it is closed. */
  async close(name: string): Promise<void> {
    const entry = this.#entries.get(name);
    if (entry === undefined) return;
    this.#entries.delete(name);
    await this.#close(entry.account);
  }

  /** Forgets them all, when they are closed. */
  clear(): void {
    this.#entries.clear();
  }

  /** Closes none any more by itself. */
  end(): void {
    clearInterval(this.#timer);
  }

  #times(): { readonly askAt: number; readonly validUntil: number } {
    const refreshMs = this.#config.refreshMs === 0 ? Infinity : this.#config.refreshMs;
    const now = this.#clock.now();
    return { askAt: now + refreshMs, validUntil: now + 2 * refreshMs };
  }

  #use(entry: Entry): MadeAccount {
    const { account } = entry;
    account.usedAt = this.#clock.now();
    this.#entries.delete(account.name);
    this.#entries.set(account.name, entry);
    return account;
  }

  /** @param added It is about to be used, so it stays. */
  #makeRoom(added?: MadeAccount): void {
    const { most } = this.#config;
    for (const [name, { account }] of this.#entries) {
      if (this.#entries.size <= most) return;
      const isRecent = this.#clock.now() - account.usedAt < JUST_NOW_MS;
      const isSpared = isRecent && this.#entries.size <= most * FAR_TOO_MANY;
      if (account !== added && !account.isBusy && !isSpared) void this.close(name);
    }
  }

  #closeIdle(): void {
    const before = this.#clock.now() - this.#config.idleMs;
    for (const [name, { account }] of this.#entries) {
      if (account.usedAt <= before && !account.isBusy) void this.close(name);
    }
    this.#makeRoom();
  }
}
