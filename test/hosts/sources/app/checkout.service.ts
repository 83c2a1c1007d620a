import { Inject, Injectable } from '@nestjs/common';
import { OrdersService, PaymentTracker, type CardInput } from 'nestjs-glomopay';

@Injectable()
export class CheckoutService {
  constructor(
    @Inject(OrdersService) private readonly orders: OrdersService,
    @Inject(PaymentTracker) private readonly tracker: PaymentTracker,
  ) {}

  async pay(reference: string, customerId: string, card: CardInput) {
    const order = await this.orders.create({
      customerId,
      amount: 1000,
      currency: 'USD',
      purposeCode: 'P1401',
      paymentMethods: ['card'],
      requestId: `order-${reference}`,
    });
    const { payment, redirectUrl } = await this.tracker.pay(
      { orderId: order.id, card, requestId: `payment-${reference}` },
      { amount: 1000, currency: 'USD', reference },
    );
    return { orderId: order.id, paymentId: payment.paymentId, redirectUrl };
  }
}
