import { setImmediate } from 'node:timers/promises';
import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { GlomopaySandbox, type EmittedEvent } from 'glomopay-sandbox';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  isGlomopayError,
  OnPaymentMilestone,
  OnPaymentOutcome,
  OnRefundOutcome,
  PaymentTracker,
  Reconciliation,
  WebhookInbox,
  type PaymentMilestone,
  type PaymentOutcome,
  type RefundOutcome,
  type TrackedRecord,
  type TrackingStore,
} from 'nestjs-glomopay';
import { createHmac } from 'node:crypto';
import { until } from '../../support/until.js';
import { withClock } from '../../support/with-clock.js';
import { WEBHOOK_SECRET } from '../tracked-shop.js';
import { Dice } from './dice.js';
import { LeakyGateway } from './leaky-gateway.js';

export const DAY_MS = 86_400_000;
const ACCOUNT = 'default';

/** A handler that is out of order for once. */
export class ShopFault extends Error {}

/** All that the shop was told, in order, as far as its handler did not fail. */
@Injectable()
export class Ledger {
  readonly payments: PaymentOutcome[] = [];
  readonly refunds: RefundOutcome[] = [];
  readonly milestones: PaymentMilestone[] = [];
  /** How often it still fails. */
  failures = 0;

  @OnPaymentOutcome({ name: 'paid' })
  async paid(outcome: PaymentOutcome): Promise<void> {
    this.#fail();
    this.payments.push(outcome);
  }

  @OnRefundOutcome({ name: 'refunded' })
  async refunded(outcome: RefundOutcome): Promise<void> {
    this.#fail();
    this.refunds.push(outcome);
  }

  @OnPaymentMilestone('funds_available')
  @OnPaymentMilestone('compliance_rejected')
  @OnPaymentMilestone('compliance_action_required', { name: 'milestones' })
  async reached(milestone: PaymentMilestone): Promise<void> {
    this.milestones.push(milestone);
  }

  #fail(): void {
    if (this.failures === 0) return;
    this.failures -= 1;
    throw new ShopFault('the shop is out of order');
  }
}

/** The gateway's time for everybody; pauses take none, and are counted. */
class WorldClock {
  readonly pauses: number[] = [];
  #passed = 0;

  constructor(
    readonly sandbox: GlomopaySandbox,
    readonly dice: Dice,
  ) {}

  now(): number {
    return performance.now() + this.#passed;
  }

  date(): number {
    return this.sandbox.clock.now();
  }

  random(): number {
    return this.dice.next();
  }

  skip(ms: number): void {
    this.#passed += ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await setImmediate();
    this.skip(ms);
  }
}

/** A shop of two processes, its gateway, and the way between them. */
export class World {
  readonly ledger = new Ledger();
  /** What was done, for whoever reads of a failure. */
  readonly log: string[] = [];
  readonly subjects: { readonly id: string; amount: number }[] = [];
  /** Keys that the shop has used, to use them again. */
  readonly keys: string[] = [];
  /** Events that have not arrived so far. */
  readonly underway: EmittedEvent[] = [];
  readonly #emitted = new Set<string>();
  readonly apps: INestApplicationContext[] = [];
  count = 0;

  private constructor(
    readonly dice: Dice,
    readonly sandbox: GlomopaySandbox,
    readonly gateway: LeakyGateway,
    readonly url: string,
    readonly clock: WorldClock,
    readonly store: TrackingStore,
    /** A client beside the shop, to which nothing happens. */
    readonly dashboard: INestApplicationContext,
  ) {}

  static async open(
    seed: number,
    storeOf: (clock: { date(): number }) => TrackingStore,
  ): Promise<World> {
    const dice = new Dice(seed);
    const screening = { card: dice.chance(0.7), transfer: dice.chance(0.5) };
    const account = {
      screening,
      duplicateCheckLast: dice.chance(0.3),
      refundReview: dice.chance(0.2),
      transferFundsHeld: dice.chance(0.3),
    };
    const sandbox = await GlomopaySandbox.start({ account, requestsPerMinute: 10_000_000 });
    const gateway = new LeakyGateway(sandbox, new Dice(seed + 1));
    const url = await gateway.open();
    const clock = new WorldClock(sandbox, new Dice(seed + 2));
    const module = await Test.createTestingModule({
      imports: [GlomopayModule.forRoot(accountAt(sandbox, sandbox.url))],
    }).compile();
    module.useLogger(false);
    await module.init();
    const world = new World(dice, sandbox, gateway, url, clock, storeOf(clock), module);
    await world.boot();
    await world.boot();
    return world;
  }

  /** One more process of the shop. */
  async boot(): Promise<void> {
    const module = await Test.createTestingModule({
      imports: [
        withClock(GlomopayModule.forRoot(accountAt(this.sandbox, this.url)), this.clock as never),
        GlomopayTrackingModule.forRoot({
          store: this.store,
          sweep: { everyMs: 0, firstCheckMs: 0 },
          inbox: { retryBaseMs: 10, retryMaxMs: 20, maxTries: 3, pollEveryMs: 10 },
        }),
      ],
      providers: [{ provide: Ledger, useValue: this.ledger }],
    }).compile();
    module.useLogger(false);
    await module.init();
    this.apps.push(module);
  }

  get app(): INestApplicationContext {
    return this.dice.pick(this.apps);
  }

  async passes(ms: number): Promise<void> {
    this.clock.skip(ms);
    await this.sandbox.clock.advance(ms);
    this.collect();
  }

  /** Takes what the gateway has told since; it is under way from now on. */
  collect(): void {
    for (const event of this.sandbox.webhooks.events().toReversed()) {
      if (this.#emitted.has(event.id)) continue;
      this.#emitted.add(event.id);
      this.underway.push(event);
    }
  }

  async arrives({ body }: EmittedEvent): Promise<void> {
    const bytes = Buffer.from(body);
    const signature = createHmac('sha256', WEBHOOK_SECRET).update(bytes).digest('hex');
    await this.app.get(WebhookInbox).receive(bytes, signature);
  }

  async workedOff(): Promise<void> {
    const inbox = this.app.get(WebhookInbox);
    await until(async () => (await inbox.counts()).open === 0);
  }

  records(): Promise<readonly TrackedRecord[]> {
    const window = { from: new Date(0), to: new Date(8e15), limit: 100_000 };
    return this.store.within(ACCOUNT, window);
  }

  /** Does something that may fail in the ways that are promised, and in no other. */
  async tries(what: string, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
      this.log.push(what);
    } catch (thrown) {
      if (!isGlomopayError(thrown) && !(thrown instanceof ShopFault)) throw thrown;
      this.log.push(`${what}: ${(thrown as Error).name} ${(thrown as Error).message}`);
    }
  }

  /** Faults end, what was told arrives unless it got lost, and time passes until nothing is due. */
  async calms(): Promise<void> {
    Object.assign(this.gateway.leaks, { share: 0, ignoresFilters: false, lags: false });
    this.ledger.failures = 0;
    for (let round = 0; round < 90; round += 1) {
      await this.passes(round < 40 ? 30 * 60_000 : DAY_MS);
      for (const event of this.underway.splice(0)) {
        if (this.dice.chance(0.5)) await this.arrives(event);
      }
      await this.workedOff();
      await this.app.get(PaymentTracker).sweep();
    }
    this.collect();
    for (let sweeps = 0; sweeps < 3; sweeps += 1) {
      this.clock.skip(DAY_MS);
      for (const record of await this.records()) {
        if (record.nextCheckAt !== null) await this.store.reschedule(record, 0);
      }
      await this.app.get(PaymentTracker).sweep();
    }
    // What was told by events alone, and these were lost.
    const from = new Date(this.clock.date() - 2_000 * DAY_MS);
    await this.app.get(Reconciliation).reconcile({ from }).toEnd();
  }

  async close(): Promise<void> {
    for (const app of [...this.apps, this.dashboard]) await app.close();
    await this.gateway.close();
    await this.sandbox.stop();
  }
}

function accountAt({ secretKey }: GlomopaySandbox, baseUrl: string) {
  return {
    secretKey,
    webhookSecret: WEBHOOK_SECRET,
    baseUrl,
    callbackUrl: 'https://shop.example/payment/callback',
    timeoutMs: 5_000,
    retry: { maxAttempts: 2, baseDelayMs: 1, maxDelayMs: 5 },
  };
}
