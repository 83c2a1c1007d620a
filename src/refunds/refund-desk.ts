import { Inject, Injectable, Logger } from '@nestjs/common';
import { GlomopayError, type Refundability, RefundsService, RefundTracker } from 'nestjs-glomopay';
import type { Purchase } from '../purchases/purchase.js';
import {
  amountLeft,
  isOpen,
  type PurchaseRefund,
  type RefundState,
  requestIdOf,
} from './purchase-refund.js';
import { type NewRefund, PurchaseRefundsService } from './purchase-refunds.service.js';

/** What an operator wants to have refunded. */
export type RefundWish = Pick<PurchaseRefund, 'number' | 'reason'> & {
  /** Minor units of the purchase's currency. @defaultValue all that is left */
  readonly amount?: number | undefined;
};

/**
 * What became of it: the state in which it is now (`asked` when nobody can tell: it is to be asked for
 * again, which makes no second refund), or why nothing was sent.
 */
export type RefundAnswer =
  RefundState | 'not_paid' | 'outdated' | 'too_much' | 'obstacle' | 'unasked';

/** Asks the gateway for refunds, each once. */
@Injectable()
export class RefundDesk {
  readonly #gateway: RefundsService;
  readonly #tracker: RefundTracker;
  readonly #refunds: PurchaseRefundsService;
  readonly #logger = new Logger(RefundDesk.name);
  constructor(
    @Inject(RefundsService) gateway: RefundsService,
    @Inject(RefundTracker) tracker: RefundTracker,
    @Inject(PurchaseRefundsService) refunds: PurchaseRefundsService,
  ) {
    this.#gateway = gateway;
    this.#tracker = tracker;
    this.#refunds = refunds;
  }

  /**
   * Has a purchase refunded. The number says which refund of the purchase is meant: the same number is
   * the same refund, so pressing twice, in two windows, and again after an answer got lost make one.
   */
  async refund(purchase: Purchase, wish: RefundWish): Promise<RefundAnswer> {
    const known = await this.#refunds.of(purchase.reference);
    const earlier = known.filter(({ number }) => number < wish.number);
    const amount = wish.amount ?? amountLeft(purchase.amount, earlier);
    const isSame = (refund: PurchaseRefund) =>
      refund.reason === wish.reason && refund.amount === amount;
    const same = known.find(({ number }) => number === wish.number);
    if (same) {
      return isSame(same) ? this.#send(purchase, same) : 'outdated';
    }
    const wanted = await this.#check(purchase, { ...wish, amount }, known);
    if (typeof wanted !== 'string') {
      const kept = await this.#refunds.open(wanted);
      return isSame(kept) ? this.#send(purchase, kept) : 'outdated';
    }
    // What is against it may be this very refund, asked for at the same time.
    const rival = await this.#refunds.find(purchase.reference, wish.number);
    return rival && isSame(rival) ? this.#send(purchase, rival) : wanted;
  }

  async #check(
    purchase: Purchase,
    wish: Required<RefundWish> & { readonly amount: number },
    known: readonly PurchaseRefund[],
  ): Promise<NewRefund | RefundAnswer> {
    const { reference, paymentId, status } = purchase;
    if (status !== 'succeeded' || paymentId === null) {
      return 'not_paid';
    }
    // While nobody knows what became of the last one, another one could be the same money.
    if (wish.number !== known.length + 1 || known.some(({ state }) => state === 'asked')) {
      return 'outdated';
    }
    const { amount } = wish;
    if (amount < 1 || amount > amountLeft(purchase.amount, known)) {
      return 'too_much';
    }
    const isWhole = amount === purchase.amount;
    const against = await this.#against(purchase, paymentId, { amount, isWhole });
    if (against !== undefined) {
      return against;
    }
    return { reference, paymentId, amount, isWhole, number: wish.number, reason: wish.reason };
  }

  /** Why the gateway would not take it, or would take less of it than we write down. */
  async #against(
    { currency }: Purchase,
    paymentId: string,
    refund: Pick<PurchaseRefund, 'amount' | 'isWhole'>,
  ): Promise<'obstacle' | 'unasked' | undefined> {
    try {
      const refundable = await this.#gateway.refundable(paymentId);
      const why = refundable.obstacles.join(', ') || mismatchOf(refundable, currency, refund);
      if (why === undefined) {
        return undefined;
      }
      this.#logger.warn(`Nothing was refunded of ${paymentId}: ${why}`);
      return 'obstacle';
    } catch (error) {
      if (!(error instanceof GlomopayError)) {
        throw error;
      }
      this.#logger.warn(`Payment ${paymentId} could not be asked about: ${error.message}`);
      return 'unasked';
    }
  }

  /** The tracker makes one refund of it; the recorder writes how that ends. */
  async #send({ currency }: Purchase, refund: PurchaseRefund): Promise<RefundState> {
    const { reference, number, paymentId, reason, amount, isWhole } = refund;
    if (!isOpen(refund)) {
      return refund.state;
    }
    const requestId = requestIdOf(refund);
    try {
      const { refund: tracked } = await this.#tracker.refund(
        { paymentId, reason, requestId, ...(!isWhole && { amount }) },
        { reference, amount, currency },
      );
      if (tracked.state === 'attempted') {
        await this.#refunds.noteTaken(refund, tracked.refundId);
      }
    } catch (error) {
      if (!(error instanceof GlomopayError)) {
        throw error;
      }
      this.#logger.warn(`Refund ${requestId}: ${error.message}`);
    }
    return (await this.#refunds.find(reference, number))?.state ?? refund.state;
  }
}

/** Why it would not be the refund that we write down: of the whole the gateway gives what it has left. */
function mismatchOf(
  { amount: left, doubts }: Refundability,
  currency: string,
  { amount, isWhole }: Pick<PurchaseRefund, 'amount' | 'isWhole'>,
): string | undefined {
  if (isWhole && doubts.includes('earlier_refunds')) {
    return 'a part of it was refunded elsewhere';
  }
  if (left === undefined) {
    return undefined;
  }
  if (left.currency === currency) {
    return left.amount < amount ? 'there is less left of it' : undefined;
  }
  return isWhole ? undefined : 'it is settled in another currency';
}
