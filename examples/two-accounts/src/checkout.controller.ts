import { Body, Controller, Get, Inject, Param, Post, UseGuards } from '@nestjs/common';
import {
  CallbackSignatureGuard,
  GlomopayAccount,
  GlomopayAccounts,
  OrdersService,
  PaymentTracker,
  VerifiedCallback,
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
    @Inject(GlomopayAccounts) private readonly accounts: GlomopayAccounts,
    @Inject(PurchaseBook) private readonly book: PurchaseBook,
  ) {}

  /** The account is chosen request by request: `default` or `emea`. */
  @Post(':account/checkout')
  async pay(@Param('account') account: string, @Body() { reference, customerId, card }: Checkout) {
    const price = { amount: 1000, currency: 'USD' } as const;
    const requestId = `order-${reference}`;
    const orders = this.accounts.get(account, OrdersService);
    const order = await orders.create({ customerId, ...price, requestId });
    const { payment, redirectUrl } = await this.accounts
      .get(account, PaymentTracker)
      .pay({ orderId: order.id, card, requestId: `payment-${reference}` }, { ...price, reference });
    return { paymentId: payment.paymentId, redirectUrl };
  }

  @Get('payment/callback')
  @UseGuards(CallbackSignatureGuard)
  finish(@VerifiedCallback() callback: GlomopayCallback) {
    return this.confirm('default', callback);
  }

  /** Verified under the keys of the emea account alone. */
  @Get('emea/payment/callback')
  @GlomopayAccount('emea')
  @UseGuards(CallbackSignatureGuard)
  finishInEmea(@VerifiedCallback() callback: GlomopayCallback) {
    return this.confirm('emea', callback);
  }

  @Get('purchases')
  list() {
    return this.book.all();
  }

  @Get('purchases/emea')
  listEmea() {
    return this.book.inEmea;
  }

  private async confirm(account: string, callback: GlomopayCallback) {
    const payment = await this.accounts.get(account, PaymentTracker).confirm(callback);
    return { paymentId: payment?.paymentId, state: payment?.state };
  }
}
