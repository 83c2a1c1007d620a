import { Body, Controller, Get, Inject, Post, UseGuards } from '@nestjs/common';
import {
  CallbackSignatureGuard,
  OrdersService,
  PaymentTracker,
  VerifiedCallback,
  WebhookInbox,
  type CardInput,
  type GlomopayCallback,
} from 'nestjs-glomopay';
import { PurchaseBook } from './purchase-book.js';

interface Checkout {
  readonly reference: string;
  readonly customerId: string;
  readonly card: CardInput;
}

@Controller()
export class CheckoutController {
  constructor(
    @Inject(OrdersService) private readonly orders: OrdersService,
    @Inject(PaymentTracker) private readonly tracker: PaymentTracker,
    @Inject(PurchaseBook) private readonly book: PurchaseBook,
    @Inject(WebhookInbox) private readonly inbox: WebhookInbox,
  ) {}

  @Post('checkout')
  async pay(@Body() { reference, customerId, card }: Checkout) {
    const price = { amount: 1000, currency: 'USD' } as const;
    const requestId = `order-${reference}`;
    const order = await this.orders.create({ customerId, ...price, requestId });
    const { payment, redirectUrl } = await this.tracker.pay(
      { orderId: order.id, card, requestId: `payment-${reference}` },
      { ...price, reference },
    );
    return { paymentId: payment.paymentId, redirectUrl };
  }

  @Get('payment/callback')
  @UseGuards(CallbackSignatureGuard)
  async finish(@VerifiedCallback() callback: GlomopayCallback) {
    const payment = await this.tracker.confirm(callback);
    return { paymentId: payment?.paymentId, state: payment?.state };
  }

  @Get('purchases')
  list() {
    return this.book.all();
  }

  /** What no try has brought to the broker: for an example; nestjs-glomopay/operations has a page. */
  @Get('parked')
  parked() {
    return this.inbox.list({ state: 'failed' });
  }
}
