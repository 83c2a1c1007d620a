import type { FastifyInstance } from 'fastify';
import type { SandboxAccount } from './account.js';
import type { Book, Stored } from './books/book.js';
import { reviewDocument } from './documents/review.js';
import type { DocumentDecision } from './documents/review.js';
import type { FaultQueue } from './faults/fault-queue.js';
import type { RequestLog } from './http/request-log.js';
import type { Balances } from './money/balances.js';
import type { Money } from './money/money.js';
import type { Rates } from './money/rates.js';
import { startRemittance } from './lrs/remit.js';
import { payLinkByCard } from './payment-links/pay-link.js';
import type { SandboxClock } from './time/sandbox-clock.js';
import { assertErrorCode, decisionOf } from './payments/bank-decision.js';
import type { BankDecision, BankDecisionAlias } from './payments/bank-decision.js';
import { approvedPayout, completedPayout, railErrorCode } from './payouts/decide-payout.js';
import type { Payout } from './payouts/payout.js';
import { completedRefund } from './refunds/refund-book.js';
import type { Refund } from './refunds/refund.js';
import type { ResourceViews } from './resources.js';
import { startTopUp } from './top-ups/top-ups.resource.js';
import type { TopUp } from './top-ups/top-up.js';
import { gatewayApp } from './gateway-app.js';
import { newGatewayState } from './gateway-state.js';
import type { GatewayState } from './gateway-state.js';
import { resolveOptions } from './sandbox-options.js';
import type { SandboxOptions } from './sandbox-options.js';
import type { SandboxWebhooks } from './webhooks/sandbox-webhooks.js';

/**
 * A running stand-in for the gateway.
 *
 * @example
 * const sandbox = await GlomopaySandbox.start();
 * sandbox.faults.next('POST /api/v1/payments', 'drop-after-commit');
 * await sandbox.stop();
 */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- its views come from the table
export class GlomopaySandbox {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** What is told to the merchant's servers. */
  readonly webhooks: SandboxWebhooks;
  /** The sandbox's time, which a test can move on. */
  readonly clock: SandboxClock;
  readonly faults: FaultQueue;
  /** What arrived at the API and the 3DS page. */
  readonly requests: RequestLog;
  /** What the account can do, and how it behaves where the documentation leaves it open. */
  readonly account: SandboxAccount;
  /** The merchant's money. */
  readonly balances: Balances;
  /** Exchange rates, which a test can set. */
  readonly rates: Rates;
  readonly #state: GatewayState;
  readonly #stop: () => Promise<void>;

  private constructor(url: string, state: GatewayState, stop: () => Promise<void>) {
    this.url = url;
    this.webhooks = state.webhooks;
    this.clock = state.clock;
    this.faults = state.faults;
    this.requests = state.requests;
    this.account = state.account;
    this.balances = state.balances;
    this.rates = state.rates;
    Object.assign(this, state.resources);
    this.#state = state;
    this.#stop = stop;
  }

  /**
   * Starts a sandbox and resolves once it listens.
   *
   * @throws {RangeError} for an option outside its range.
   * @throws {TypeError} for a webhook URL, a secret or an account's setting that cannot be used.
   * @throws {Error} with `code` `EADDRINUSE` when the port is taken.
   */
  static async start(options: SandboxOptions = {}): Promise<GlomopaySandbox> {
    const resolved = resolveOptions(options);
    const state = await newGatewayState(resolved);
    const stopping = new AbortController();
    let url = '';
    const app = gatewayApp(state, {
      origin: () => url,
      environment: resolved.environment,
      stopping: stopping.signal,
    });
    await app.listen({ host: resolved.host, port: resolved.port });
    url = originOf(app, resolved.host);
    return new GlomopaySandbox(url, state, async () => {
      app.server.closeAllConnections();
      stopping.abort();
      state.webhooks.stop();
      await state.clock.stop();
      await app.close();
    });
  }

  /** For webhook signatures; `webhooks.secret` changes it. */
  get webhookSecret(): string {
    return this.#state.webhooks.secret;
  }

  /** The newest secret key. */
  get secretKey(): string {
    return this.#state.keys.newest;
  }

  /** All active secret keys, newest first. */
  get secretKeys(): string[] {
    return this.#state.keys.active();
  }

  /** The customer that exists from the start. @throws {Error} when none was seeded. */
  get demoCustomerId(): string {
    const id = this.#state.demoCustomer?.id;
    if (id === undefined) throw new Error('This sandbox was started with seedDemoCustomer: false');
    return id;
  }

  /**
   * Issues a new secret key and returns it.
   *
   * @throws {RangeError} unless `oldKeyValidForMs` is from 0 to 604 800 000.
   */
  async rotateKey({ oldKeyValidForMs = 0 }: RotateKeyOptions = {}): Promise<string> {
    return this.#state.keys.rotate(oldKeyValidForMs);
  }

  /**
   * Answers the bank for the buyer, without a browser.
   *
   * @returns the signed URL the browser would be sent to; again the same when the payment is final.
   * @param decision `'success'` and `'failed'` are other words for `'approve'` and `'decline'`.
   * @throws {Error} for an unknown payment.
   * @throws {TypeError} for an unknown decision, a code that is none, and a charge that no buyer is asked
   *   about.
   */
  completePayment(
    id: string,
    decision: BankDecision | BankDecisionAlias,
    { errorCode }: CompletionOptions = {},
  ): string {
    const { resources, authentication } = this.#state;
    const record = existing(resources.payments.book, id, 'payment');
    assertErrorCode(errorCode);
    return authentication.complete(record, decisionOf(decision), errorCode);
  }

  /**
   * Ends the review of a request for information at once, or lets compliance ask again. Left alone, a
   * review approves after five seconds.
   *
   * @throws {Error} for an unknown request, and one that is not under review.
   */
  reviewRfi(id: string, outcome: 'approve' | 'reject' | 'ask_again'): void {
    this.#state.rfis.review(id, outcome);
  }

  /**
   * Pays a payment link by a card, as its customer would at its page, and answers the bank. A link that is
   * declined can be paid again.
   *
   * @returns the id of the payment.
   * @throws {Error} for an unknown link, or one that takes no card now.
   * @throws {TypeError} for an unknown decision.
   */
  payLink(id: string, decision: BankDecision | BankDecisionAlias = 'approve'): string {
    const { linkCheckout, authentication } = this.#state;
    const decided = decisionOf(decision);
    const record = existing(linkCheckout.links, id, 'payment link');
    return authentication.decide(payLinkByCard(record, linkCheckout), decided).id;
  }

  /**
   * Begins to remit for an order with `lrs`, as its customer would at the checkout. {@link completeRemittance}
   * ends it; its money is usable only after `mock-funds-available`.
   *
   * @returns the id of the payment, which is in progress.
   * @throws {Error} for an unknown order, one that is no active remittance, and one under way.
   */
  startRemittance(orderId: string): string {
    const { remittances } = this.#state;
    return startRemittance(existing(remittances.orders, orderId, 'order'), remittances).id;
  }

  /**
   * Answers the bank for a remittance, which is what the dashboard does. One that has ended stays as it is.
   *
   * @throws {Error} for an unknown payment.
   * @throws {TypeError} for an unknown decision, and a payment that is no remittance.
   */
  completeRemittance(paymentId: string, decision: BankDecision | BankDecisionAlias): void {
    const { remittances, authentication } = this.#state;
    const decided = decisionOf(decision);
    const record = existing(remittances.payments, paymentId, 'payment');
    if (!record.isRemittance) throw new TypeError('This payment is no remittance');
    authentication.decide(record, decided);
  }

  /**
   * Lets the bank decline the next charge of a subscription, whatever its card: the next renewal, or
   * the next one that the merchant makes. A first payment is no case for it.
   *
   * @throws {Error} for an unknown subscription.
   */
  declineNextCharge(subscriptionId: string): void {
    const { subscriptions } = this.#state.resources;
    const { id } = existing(subscriptions.book, subscriptionId, 'subscription');
    subscriptions.book.move(id, { declinesNext: true });
  }

  /**
   * Answers the bank for a refund in progress, whether it has gone to the bank yet or not.
   *
   * @returns the refund as it is then; as it was when it has ended that way already.
   * @param decision `'success'` and `'failed'` are other words for `'approve'` and `'decline'`.
   * @throws {Error} for an unknown refund, or one that cannot end so.
   * @throws {TypeError} for an unknown decision.
   */
  completeRefund(id: string, decision: BankDecision | BankDecisionAlias): Refund {
    const { resources, clock } = this.#state;
    const refunds = resources.refunds.book;
    const record = existing(refunds, id, 'refund');
    return completedRefund(refunds, record, decisionOf(decision), clock).refund;
  }

  /**
   * Answers for the second person, who approves payouts in the dashboard where the account has maker-checker.
   *
   * @returns the payout as it is then: called off when it is declined.
   * @param decision `'success'` and `'failed'` are other words for `'approve'` and `'decline'`.
   * @throws {Error} for an unknown payout, or one that waits for no approval.
   * @throws {TypeError} for an unknown decision.
   */
  approvePayout(id: string, decision: BankDecision | BankDecisionAlias = 'approve'): Payout {
    const { payoutDesk } = this.#state;
    const record = existing(payoutDesk.payouts, id, 'payout');
    return approvedPayout(record, decisionOf(decision), payoutDesk).payout;
  }

  /**
   * Answers the bank for a payout in progress.
   *
   * @returns the payout as it is then; as it was when it has ended that way already.
   * @param decision `'success'` and `'failed'` are other words for `'approve'` and `'decline'`.
   * @throws {Error} for an unknown payout, or one that the bank does not have.
   * @throws {TypeError} for an unknown decision, or a code that is none of a bank's.
   */
  completePayout(
    id: string,
    decision: BankDecision | BankDecisionAlias,
    { errorCode }: PayoutCompletionOptions = {},
  ): Payout {
    const { payoutDesk } = this.#state;
    const record = existing(payoutDesk.payouts, id, 'payout');
    const answer = { decision: decisionOf(decision), errorCode: railErrorCode(errorCode) };
    return completedPayout(record, answer, payoutDesk).payout;
  }

  /**
   * Asks for money for the merchant's own balance, as the dashboard does. A mock transfer of it pays it.
   *
   * @throws {TypeError} unless it is an amount of 1 or more in a currency of the API.
   */
  startTopUp(money: Money): TopUp {
    const { resources, clock } = this.#state;
    return startTopUp(resources.topUps.book, money, clock);
  }

  /**
   * Lets compliance decide on a document; deciding the same again does nothing.
   *
   * @throws {Error} for an unknown document, or one that was decided otherwise.
   */
  reviewDocument(id: string, decision: DocumentDecision): void {
    reviewDocument(this.#state.resources.documents.book, this.clock, id, decision);
  }

  /** Ends every connection at once and stops listening. Calling it again does nothing. */
  async stop(): Promise<void> {
    await this.#stop();
  }
}

/** A view of the objects of each resource, which the constructor takes from the table. */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- as above
export interface GlomopaySandbox extends ResourceViews {}

export interface CompletionOptions {
  /** Why the bank declines, as `error_code` of the payment says it. @defaultValue 'PAYMENT_DECLINED' */
  readonly errorCode?: string | undefined;
}

export interface PayoutCompletionOptions {
  /** Why the bank declines. @defaultValue 'PAYOUT_REJECTED' */
  readonly errorCode?: string | undefined;
}

export interface RotateKeyOptions {
  /** How long the key before the new one stays valid. @defaultValue 0 */
  readonly oldKeyValidForMs?: number;
}

/** @throws {Error} when there is none. */
function existing<Row extends Stored>(book: Book<Row>, id: string, kind: string): Row {
  const row = book.get(id);
  if (!row) throw new Error(`There is no such ${kind} in this sandbox`);
  return row;
}

function originOf(app: FastifyInstance, host: string): string {
  const address = app.server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const reachable = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${port}`;
}
