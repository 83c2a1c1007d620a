import { Body, Controller, Get, Inject, Post, UseGuards } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import {
  CallbackSignatureGuard,
  OrdersService,
  PaymentTracker,
  VerifiedCallback,
  type CardInput,
  type GlomopayCallback,
} from 'nestjs-glomopay';
import { Repository } from 'typeorm';
import { Purchase } from './purchase.entity';

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
    @InjectRepository(Purchase) private readonly purchases: Repository<Purchase>,
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
    return this.purchases.find();
  }
}
