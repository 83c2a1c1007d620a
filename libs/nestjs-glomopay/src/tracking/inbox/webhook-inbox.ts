import { hash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { cleanCause } from '../../errors/clean-cause.js';
import { Named } from '../../errors/named.decorator.js';
import { GlomopayNotStoredError } from '../../errors/not-stored.error.js';
import { DeliveryJudge } from '../../webhooks/delivery-judge.js';
import type { GlomopayEvent } from '../../webhooks/glomopay-event.js';
import { rawBodyOf } from '../../webhooks/raw-body.js';
import { asBytes, newSecretsFor, type WebhookVerifier } from '../../webhooks/webhook-verifier.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { TrackingStore } from '../store/tracking-store.js';
import { WorkEngine } from '../engine/work-engine.js';
import { GLOMOPAY_TRACKED_WEBHOOKS, GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import type { InboxEvent, InboxFilter } from '../store/inbox-event.js';
import type { InboxCounts } from '../store/inbox-store.js';
import type { Patience } from '../store/patience.js';
import { dateOf, daysBefore, KEY_DAYS, LEAST_KEY_DAYS } from '../store/purge-age.js';
import { within } from '../../values/within.js';

/** What became of a delivery that was accepted. */
export interface InboxReceipt {
  /** SHA-256 of the raw body, hex. */
  readonly id: string;
  /** True when this very body had been received before; it is not handled again. */
  readonly duplicate: boolean;
}

/** What {@link WebhookInbox.purge} forgets. */
export type InboxAge =
  | Date
  | {
      /** Events that were received before this. */
      readonly before: Date;
      /**
       * Keys of purged events that were received before this; such an event would be new if it came again.
       * @defaultValue 90 days before `before`
       */
      readonly keysBefore?: Date;
    };

/**
 * The gateway gives up on an answer after 30 seconds (docs/gateway.md, Webhook retries); 503 must
 * come well before.
 */
const STORE_WITHIN_MS = 8_000;
const LISTED = 50;

/**
 * The webhook events of an account: received, kept, and looked after. Among them is what follows
 * outcomes (`after.payment.succeeded`): listed, counted, replayed and purged in the same way.
 */
@Injectable()
@Named('WebhookInbox')
export class WebhookInbox {
  readonly #config: TrackingConfig;
  readonly #store: TrackingStore;
  readonly #engine: WorkEngine;
  readonly #verifier: WebhookVerifier;
  readonly #judge: DeliveryJudge;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
    @Inject(WorkEngine) engine: WorkEngine,
    @Inject(GLOMOPAY_TRACKED_WEBHOOKS) verifier: WebhookVerifier,
    @Inject(DeliveryJudge) judge: DeliveryJudge,
  ) {
    this.#config = config;
    this.#store = store;
    this.#engine = engine;
    this.#verifier = verifier;
    this.#judge = judge;
  }

  /**
   * Verifies a delivery, stores it durably, and has it handled afterwards. It is not read
   * before the signature holds, and nothing but the signature is needed for it to be accepted.
   *
   * @param rawBody The bytes as they arrived; a text counts as its UTF-8 bytes.
   * @param signature The header `X-Glomopay-Signature`.
   * @throws {GlomopaySignatureError} not authentic: answer 400, 401 or 413 by its `reason`.
   * @throws {GlomopayConfigurationError} `webhookSecret` is not configured: answer 500.
   * @throws {GlomopayNotStoredError} answer 503; the gateway delivers again.
   */
  async receive(rawBody: Uint8Array | string, signature: unknown): Promise<InboxReceipt> {
    const { account } = this.#config;
    const verifying = this.#judge.verify(
      account,
      rawBody,
      () => this.#verifier.assertSigned(rawBody, signature),
      () => newSecretsFor(signature, this.#verifier),
    );
    if (verifying !== undefined) await verifying;
    return this.#keep(asBytes(rawBody));
  }

  /**
   * Takes an event that `WebhookSignatureGuard` or `WebhookVerifier` has verified: as {@link receive}.
   *
   * @throws {GlomopayNotStoredError} answer 503; the gateway delivers again.
   */
  async accept(event: GlomopayEvent): Promise<InboxReceipt> {
    return this.#keep(rawBodyOf(event), event);
  }

  /** Events, newest first; 50 unless `limit` says otherwise. */
  list(filter: Partial<InboxFilter> = {}): Promise<readonly InboxEvent[]> {
    const { account } = this.#config;
    return this.#store.inbox.list(account, { limit: LISTED, ...filter });
  }

  find(id: string): Promise<InboxEvent | undefined> {
    return this.#store.inbox.find(this.#key(id));
  }

  /** The payload as received; undefined when the event is unknown or was purged. */
  payload(id: string): Promise<Buffer | undefined> {
    return this.#store.inbox.body(this.#key(id));
  }

  /**
   * Has a parked event handled again: the handlers that have failed start over, those that are done
   * are left alone. False: there is no such parked event.
   */
  async replay(id: string): Promise<boolean> {
    const { account } = this.#config;
    const opened = await this.#store.inbox.replay(this.#key(id));
    if (opened) this.#engine.wake(account, id);
    return opened;
  }

  /**
   * Forgets events that were received before the date and are not open, parked ones too. A late redelivery
   * of one is still known and dropped, for as long as its key is kept: 90 days more, unless `keysBefore`
   * says otherwise. Gives how many events were purged.
   *
   * @throws {RangeError} a date is none, or `keysBefore` is less than 5 days before the other: the gateway
   *   may still deliver such an event, and it would be handled twice. Nothing was purged.
   */
  async purge(age: InboxAge): Promise<number> {
    const { account } = this.#config;
    const before = dateOf(age);
    const keysBefore = keysBeforeOf(age, before);
    const purged = await this.#store.inbox.purge(account, before);
    await this.#store.inbox.forgetKeys(account, keysBefore);
    return purged;
  }

  /** How many events are open and parked, and since when the oldest open one waits. */
  counts(): Promise<InboxCounts> {
    const { account } = this.#config;
    return this.#store.inbox.counts(account);
  }

  async #keep(body: Buffer, event?: GlomopayEvent): Promise<InboxReceipt> {
    const { account } = this.#config;
    const id = hash('sha256', body, 'hex');
    const inserted = await inTime((patience) =>
      this.#store.inbox.insert({ account, id, body }, patience),
    ).catch((thrown: unknown) => {
      this.#judge.conclude(account, 'not_stored', event);
      throw thrown;
    });
    if (inserted) this.#engine.wake(account, id);
    this.#judge.conclude(account, inserted ? 'accepted' : 'duplicate', event);
    return { id, duplicate: !inserted };
  }

  #key(id: string): { readonly account: string; readonly id: string } {
    return { account: this.#config.account, id };
  }
}

/** @throws {RangeError} it is no date, or too late. */
function keysBeforeOf(age: InboxAge, before: Date): Date {
  const given = 'keysBefore' in age ? age.keysBefore : undefined;
  if (given === undefined) return daysBefore(before, KEY_DAYS);
  const keysBefore = dateOf(given);
  if (keysBefore > daysBefore(before, LEAST_KEY_DAYS)) {
    throw new RangeError(
      `keysBefore must be at least ${LEAST_KEY_DAYS} days before the date of the purge: until then the gateway may deliver an event again`,
    );
  }
  return keysBefore;
}

/**
 * A database that hangs is one that has not stored. If it does so later, the next delivery is known.
 * What it has not begun to write it forgets, so that refused deliveries do not gather in memory.
 */
async function inTime(insert: (patience: Patience) => Promise<boolean>): Promise<boolean> {
  // Handed over whole: its signal is made by who asks for it.
  const patience = new AbortController();
  try {
    return await within(STORE_WITHIN_MS, insert(patience), () => {
      patience.abort();
      throw new GlomopayNotStoredError();
    });
  } catch (thrown) {
    if (thrown instanceof GlomopayNotStoredError) throw thrown;
    throw new GlomopayNotStoredError({ cause: cleanCause(thrown) });
  }
}
