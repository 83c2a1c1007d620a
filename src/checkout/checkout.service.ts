import { Inject, Injectable, Logger } from '@nestjs/common';
import {
  type CardDto,
  GlomopayError,
  GlomopayNotFoundError,
  GlomopayValidationError,
  type Order,
  OrdersService,
  PaymentTracker,
} from 'nestjs-glomopay';
import { catalogue, type Product } from '../catalogue/catalogue.js';
import { ShopCustomerService } from '../customer/shop-customer.service.js';
import type { Purchase } from '../purchases/purchase.js';
import { PurchasesService } from '../purchases/purchases.service.js';
import type { SessionHash } from '../session/session-cookie.js';
import { happenedAtTheGateway, refusedCard, unavailable } from './checkout-failure.js';
import type { StartCheckoutDto } from './dto/start-checkout.dto.js';

/** A purchase and, when the buyer has a step left, the bank's page. */
export interface StartedCheckout {
  readonly purchase: Purchase;
  readonly redirectUrl?: string;
}

/** Opens an order and starts its card payment. */
@Injectable()
export class CheckoutService {
  readonly #orders: OrdersService;
  readonly #tracker: PaymentTracker;
  readonly #customer: ShopCustomerService;
  readonly #purchases: PurchasesService;
  readonly #logger = new Logger(CheckoutService.name);

  constructor(
    @Inject(OrdersService) orders: OrdersService,
    @Inject(PaymentTracker) tracker: PaymentTracker,
    @Inject(ShopCustomerService) customer: ShopCustomerService,
    @Inject(PurchasesService) purchases: PurchasesService,
  ) {
    this.#orders = orders;
    this.#tracker = tracker;
    this.#customer = customer;
    this.#purchases = purchases;
  }

  /**
   * Writes the purchase down, then asks the gateway, so that whatever happens in between can be
   * found again by the request ids of the purchase.
   *
   * @throws {ShopProblem} nothing was charged.
   */
  async start(request: StartCheckoutDto, session: SessionHash): Promise<StartedCheckout> {
    const product = catalogue[request.product];
    const purchase = await this.#purchases.open({
      session,
      productId: product.id,
      amount: product.prices[request.currency],
      currency: request.currency,
    });
    const order = await this.#order(purchase, product);
    return this.#pay(purchase, order, request.card);
  }

  async #order(purchase: Purchase, product: Product): Promise<Order> {
    try {
      return await this.#openOrder(purchase, product);
    } catch (error) {
      // However this ended at the gateway: no card has been sent, so nothing can be charged.
      this.#report(purchase, 'the order was not opened', error);
      await this.#purchases.end(purchase, 'ORDER_NOT_OPENED');
      throw unavailable();
    }
  }

  async #openOrder(purchase: Purchase, product: Product): Promise<Order> {
    const create = async () =>
      this.#orders.create({
        customerId: await this.#customer.id(),
        amount: purchase.amount,
        currency: purchase.currency,
        requestId: purchase.orderRequestId,
        referenceNumber: purchase.reference,
        paymentMethods: ['card'],
        product: { name: product.name, description: product.description },
      });
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof GlomopayNotFoundError)) {
        throw error;
      }
      // The gateway no longer knows the customer we remembered, so it has opened nothing.
      await this.#customer.forget();
      return create();
    }
  }

  async #pay(purchase: Purchase, order: Order, card: CardDto): Promise<StartedCheckout> {
    const { amount, currency, reference, paymentRequestId } = purchase;
    try {
      const { redirectUrl } = await this.#tracker.pay(
        { orderId: order.id, method: 'card', card, requestId: paymentRequestId },
        { amount, currency, reference },
      );
      return { purchase, ...(redirectUrl !== undefined && { redirectUrl }) };
    } catch (error) {
      this.#report(purchase, 'the payment was not started', error);
      if (happenedAtTheGateway(error)) {
        return { purchase };
      }
      if (error instanceof GlomopayValidationError) {
        // The one refusal the tracker has no record of, so no outcome will ever come.
        await this.#purchases.end(purchase, 'PAYMENT_NOT_STARTED');
      }
      throw refusedCard(error) ?? unavailable();
    }
  }

  #report(purchase: Purchase, what: string, error: unknown): void {
    const code = error instanceof GlomopayError ? error.code : 'unexpected error';
    this.#logger.warn(`Purchase ${purchase.reference}: ${what} (${code})`);
  }
}
