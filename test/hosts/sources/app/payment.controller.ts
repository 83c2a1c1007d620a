import { Controller, Get, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import {
  CallbackSignatureGuard,
  GlomopayAccount,
  PaymentTracker,
  VerifiedCallback,
  VerifiedWebhook,
  WebhookSignatureGuard,
  type GlomopayCallback,
  type GlomopayEvent,
} from 'nestjs-glomopay';
import { Outcomes } from './outcomes.js';
import { Public } from './public.js';

@Controller('payment')
export class PaymentController {
  constructor(
    @Inject(PaymentTracker) private readonly tracker: PaymentTracker,
    @Inject(Outcomes) private readonly outcomes: Outcomes,
  ) {}

  @Get('callback')
  @Public()
  @UseGuards(CallbackSignatureGuard)
  async finish(@VerifiedCallback() callback: GlomopayCallback) {
    const payment = await this.tracker.confirm(callback);
    return { paymentId: payment?.paymentId, state: payment?.state };
  }

  @Get('emea/callback')
  @Public()
  @GlomopayAccount('emea')
  @UseGuards(CallbackSignatureGuard)
  finishInEmea(@VerifiedCallback() callback: GlomopayCallback) {
    return { paymentId: callback.paymentId };
  }

  @Post('webhook')
  @Public()
  @HttpCode(200)
  @UseGuards(WebhookSignatureGuard)
  hear(@VerifiedWebhook() event: GlomopayEvent) {
    return { type: event.type };
  }

  @Get('outcomes')
  @Public()
  all() {
    return this.outcomes.seen;
  }

  /** Not public: the session guard keeps it. */
  @Get('closed')
  closed() {
    return 'open';
  }
}
