import type { Type } from '@nestjs/common';
import type { AccountContainer } from '../config/account-container.js';
import type { AccountGate } from '../config/account-gate.js';
import type { OpenAccount } from '../config/run-time-accounts.js';
import type { GlomopayConfig } from '../config/glomopay-config.js';
import { GLOMOPAY_CONFIG } from '../config/glomopay.tokens.js';
import { PaymentPoller } from '../api/payments/payment-poller.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { HandlerGroups } from '../tracking/handlers/handler-groups.js';
import { HandlerRoll } from '../tracking/handlers/handler-roll.js';
import { EventListeners } from '../tracking/inbox/event-listeners.js';
import { EventWorker } from '../tracking/inbox/event-worker.js';
import { TrackingWork } from '../tracking/tracking-work.js';
import { within } from '../values/within.js';
import { isStayingAt, staying } from '../values/stay.js';
import type { GivenOptions } from './given-options.js';
import { ownClass } from './merchant-providers.js';
import { waitUntil } from './wait-until.js';

/** How long a closing waits for what runs: as long as an engine waits for handlers. */
const DRAIN_MS = 25_000;

/** What a made account is. */
export interface MadeAccountParts {
  readonly name: string;
  readonly options: GivenOptions;
  readonly container: AccountContainer;
  readonly gate: AccountGate;
  readonly isTracked: boolean;
}

/** An account that was made at run time: its services, who uses it, and its end. */
export class MadeAccount implements OpenAccount {
  readonly name: string;
  /** When it was used last. Milliseconds of the clock. */
  usedAt = 0;
  #options: GivenOptions;
  readonly #container: AccountContainer;
  readonly #gate: AccountGate;
  readonly #isTracked: boolean;
  #users = 0;
  #left: (() => void) | undefined;
  #begun: Promise<void> | undefined;
  #closed: Promise<void> | undefined;

  constructor({ name, options, container, gate, isTracked }: MadeAccountParts) {
    this.name = name;
    this.#options = options;
    this.#container = container;
    this.#gate = gate;
    this.#isTracked = isTracked;
  }

  get<T>(service: Type<T>): T {
    // By its class, else by its name: the class may be of another copy of this library.
    const found = this.#container.get(service) ?? this.#container.get(ownClass(service.name));
    if (found !== undefined) return found as T;
    throw new GlomopayConfigurationError([`the account ${this.name} has no ${service.name}`]);
  }

  /**
   * Whether it may go on under these options: they are those of which it was made. Where only providers
   * of keys are others it goes on too, and follows those from now on; its keys of before count on, and
   * are not read anew for nothing.
   */
  goesOnUnder(options: GivenOptions): boolean {
    if (!this.#options.isLike(options)) return false;
    const others = this.#options.otherProviders(options);
    const { secretKeys, webhookSecrets } = this.#container.get(GLOMOPAY_CONFIG) as GlomopayConfig;
    try {
      if (others.secretKey !== undefined) secretKeys.follow(others.secretKey);
      if (others.webhookSecret !== undefined) webhookSecrets?.follow(others.webhookSecret);
    } catch {
      // It is made anew, and says then what is wrong.
      return false;
    }
    this.#options = options;
    return true;
  }

  /** Whether the caller works for it just now, so that its end cannot come before the caller's. */
  get isUsedByCaller(): boolean {
    return isStayingAt(this.#gate);
  }

  get isClosing(): boolean {
    return this.#closed !== undefined;
  }

  /** Whether anything is under way: a piece of work, a call, a wait for a payment. */
  get isBusy(): boolean {
    return this.#users > 0 || !this.#gate.isEmpty || !this.get(PaymentPoller).isIdle;
  }

  /** Begins, when the application has: from now on its handlers are known. */
  begin(): Promise<void> {
    return (this.#begun ??= this.#begin());
  }

  /** It is not closed before the work has ended. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#users += 1;
    try {
      return await staying(this.#gate, work);
    } finally {
      this.#users -= 1;
      if (this.#users === 0) this.#left?.();
    }
  }

  /**
   * Ends: waits for what runs, 25 seconds at most, and then refuses calls, but for the looks of writes
   * that are still under way.
   *
   * @param atOnce Whether handlers that run are told so at once: the application ends.
   */
  close(atOnce = false): Promise<void> {
    return (this.#closed ??= this.#close(atOnce));
  }

  async #begin(): Promise<void> {
    await this.#container.begin();
    if (!this.#isTracked) return;
    const [groups, listeners] = [this.get(HandlerGroups), this.get(EventListeners)];
    await this.get(HandlerRoll).begin([...groups.notes(), ...listeners.notes()]);
  }

  async #close(atOnce: boolean): Promise<void> {
    if (this.#isTracked) this.get(TrackingWork).stopTidying();
    if (atOnce) this.#stopWork();
    await within(DRAIN_MS, this.#drained(), () => undefined);
    this.#gate.shut();
    this.#stopWork();
    if (this.#isTracked) this.get(HandlerRoll).end();
    await this.#container.end();
  }

  async #drained(): Promise<void> {
    if (this.#users > 0) {
      await waitUntil((left) => {
        this.#left = left;
      });
    }
    await this.#gate.close();
  }

  #stopWork(): void {
    if (this.#isTracked) this.get(EventWorker).stop();
  }
}
