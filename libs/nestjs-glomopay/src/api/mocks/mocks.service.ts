import { Inject, Injectable } from '@nestjs/common';
import type { GlomopayConfig } from '../../config/glomopay-config.js';
import { GLOMOPAY_CONFIG } from '../../config/glomopay.tokens.js';
import { GlomopayConfigurationError } from '../../errors/configuration.error.js';
import { Named } from '../../errors/named.decorator.js';
import { GatewayClient } from '../../http/gateway-client.js';
import type { GatewayCall } from '../../http/gateway-call.js';
import type { Operation } from '../../http/operation.js';
import type { RequestOptions } from '../../http/request-options.js';
import type { IdKind, IdText } from '../../values/ids.js';
import { answerAbout } from '../../wire/answer-about.js';
import { checkedId } from '../../wire/checked-id.js';
import { toWire } from '../../wire/to-wire.js';
import { WireObject } from '../../wire/wire-object.js';
import { beneficiaryShape, type Beneficiary } from '../beneficiaries/beneficiary.js';
import { paymentLinkShape, type PaymentLink } from '../payment-links/payment-link.js';
import { decodePayment, type Payment } from '../payments/payment.js';
import { payoutShape, type Payout } from '../payouts/payout.js';
import { refundShape, type Refund } from '../refunds/refund.js';
import {
  MockPayoutDto,
  MockRefundDto,
  MockReviewDto,
  type MockPayoutOutcome,
  type MockRefundOutcome,
  type MockReview,
} from './mock-outcomes.dto.js';
import { MockTransferDto, type MockTransferInput } from './mock-transfer.dto.js';

const transfer: Operation = {
  method: 'POST',
  path: '/api/v1/payment/mock',
  advice: 'List the payments since {since} before you transfer again: it would come twice.',
};
const fundsAvailable: Operation = {
  method: 'PATCH',
  path: '/api/v1/payment/{paymentId}/mock-funds-available',
};
const reviewPaymentLink: Operation = {
  method: 'PATCH',
  path: '/api/v1/payin/{paymentLinkId}/mock_mark_reviewed',
};
const settleRefund: Operation = {
  method: 'PATCH',
  path: '/api/v1/refunds/{refundId}/mock_update_status',
};
const reviewBeneficiary: Operation = {
  method: 'PATCH',
  path: '/api/v2/beneficiaries/{beneficiaryId}/mock-review',
};
const settlePayout: Operation = { method: 'PATCH', path: '/api/v1/payouts/mock' };
const runSettlement: Operation = { method: 'POST', path: '/api/v1/settlements/mock-trigger' };

/** A message stands beside the payment. */
function decodeReleased(answer: unknown): Payment {
  return new WireObject('mock', answer).read('data', (data) => decodePayment(data));
}

/**
 * What banks, buyers and reviewers do, played in the sandbox. There is none for cards: those have test
 * numbers.
 *
 * Every method is refused with a {@link GlomopayConfigurationError}, before anything is sent, unless the
 * keys or the option `environment` say that this is the sandbox; a key that says nothing is taken for one
 * of production. None is sent again once it may have arrived: calling twice plays it twice.
 */
@Injectable()
@Named('MocksService')
export class MocksService {
  readonly #config: GlomopayConfig;
  readonly #client: GatewayClient;

  constructor(
    @Inject(GLOMOPAY_CONFIG) config: GlomopayConfig,
    @Inject(GatewayClient) client: GatewayClient,
  ) {
    this.#config = config;
    this.#client = client;
  }

  /**
   * Money comes by bank transfer: for an active order, link or top-up (`payinId`), or for nothing that
   * the gateway knows (`paymentMethod: 'BankTransfer'`). What was paid becomes `paid` when amount and
   * currency are what the payer is quoted.
   *
   * A transfer that fits nothing is an answer, no error: a payment in `action_required`, with
   * `PAYIN_NOT_FOUND` when what it is for is not active, `PAYIN_AMOUNT_MISMATCH` when it is another amount.
   * Of 6623 minor units screening makes a sanctions hit.
   *
   * @throws {GlomopayValidationError} the request breaks a rule; nothing was sent.
   * @throws {GlomopayNotFoundError} the id is unknown.
   * @throws {GlomopayOutcomeUnknownError} no usable answer; list the payments of the payin before you
   *   transfer again.
   */
  async transfer(
    input: MockTransferInput | MockTransferDto,
    options?: RequestOptions,
  ): Promise<Payment> {
    return this.#play({
      operation: transfer,
      body: toWire(MockTransferDto, 'transfer', input),
      decode: decodePayment,
      options,
    });
  }

  /**
   * The held money of a successful payment becomes usable; `payment.funds_available` tells of it.
   *
   * @throws {GlomopayApiError} the payment is not successful, or its money is usable already (400).
   */
  async fundsAvailable(id: IdText<'payment'>, options?: RequestOptions): Promise<Payment> {
    return this.#playOn('payment', id, fundsAvailable, {
      decode: decodeReleased,
      options,
    });
  }

  /** A payment link that is `under_review` becomes `active`. @throws {GlomopayApiError} it is not (400). */
  async reviewPaymentLink(
    id: IdText<'paymentLink'>,
    options?: RequestOptions,
  ): Promise<PaymentLink> {
    return this.#playOn('paymentLink', id, reviewPaymentLink, {
      decode: paymentLinkShape.decode,
      options,
    });
  }

  /**
   * The bank carries out a refund, or returns it.
   *
   * @throws {GlomopayApiError} it has another end already, or is not at the bank yet (400): wait a little
   *   and call again.
   */
  async settleRefund(
    id: IdText<'refund'>,
    status: MockRefundOutcome,
    options?: RequestOptions,
  ): Promise<Refund> {
    return this.#playOn('refund', id, settleRefund, {
      body: toWire(MockRefundDto, 'outcome of a refund', { status }),
      decode: refundShape.decode,
      options,
    });
  }

  /** A `pending` beneficiary is approved or rejected. @throws {GlomopayApiError} it is not pending (422). */
  async reviewBeneficiary(
    id: IdText<'beneficiary'>,
    review: MockReview,
    options?: RequestOptions,
  ): Promise<Beneficiary> {
    return this.#playOn('beneficiary', id, reviewBeneficiary, {
      body: toWire(MockReviewDto, 'review', { reviewAction: review }),
      decode: beneficiaryShape.decode,
      options,
    });
  }

  /**
   * The rail ends a payout, or moves it on. Fetch it before: one that was released on a local rail
   * completes by itself. A queued one has to be moved on by `pending` first (it reads `in_progress` then),
   * and after that nothing but this ends it.
   *
   * @throws {GlomopayApiError} it must not go from the status it has to this one (400).
   */
  async settlePayout(
    id: IdText<'payout'>,
    status: MockPayoutOutcome,
    options?: RequestOptions,
  ): Promise<Payout> {
    return this.#play({
      operation: settlePayout,
      body: toWire(MockPayoutDto, 'outcome of a payout', { id, status }),
      decode: answerAbout('payout', id, payoutShape.decode),
      options,
    });
  }

  /**
   * Usable money in USD, EUR, GBP, AED and SGD is settled. What the gateway answers is not documented, so
   * nothing is given back: list the settlements.
   */
  async runSettlement(options?: RequestOptions): Promise<void> {
    await this.#play({
      operation: runSettlement,
      decode: () => undefined,
      options,
    });
  }

  /** The same on one object; an answer about another one is refused. */
  #playOn<T extends { readonly id: string | null }>(
    kind: IdKind,
    id: string,
    operation: Operation,
    call: Pick<GatewayCall<T>, 'body' | 'decode' | 'options'>,
  ): Promise<T> {
    const checked = checkedId(kind, id);
    const decode = answerAbout(kind, checked, call.decode);
    return this.#play({ ...call, operation, ids: { [`${kind}Id`]: checked }, decode });
  }

  /**
   * Fails closed. The gateway knows no mock under a key of production, but code that plays a bank has
   * no business there; and every key that it issues says which one it is.
   */
  #play<T>(call: GatewayCall<T>): Promise<T> {
    const { environment } = this.#config;
    if (environment === 'sandbox') return this.#client.call(call);
    throw new GlomopayConfigurationError([
      environment === 'production'
        ? 'mocks are for the sandbox, and secretKey is of production'
        : "mocks are for the sandbox, and secretKey does not say which it is of: set environment to 'sandbox'",
    ]);
  }
}
