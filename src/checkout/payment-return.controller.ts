import { Controller, Get, Inject, Redirect, UseFilters, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiQuery, ApiResponse, ApiTags } from '@nestjs/swagger';
import {
  CallbackRedirectFilter,
  CallbackSignatureGuard,
  type GlomopayCallback,
  VerifiedCallback,
} from 'nestjs-glomopay';
import { PaymentConfirmationService } from '../purchases/payment-confirmation.service.js';
import { resultPath } from '../purchases/result-path.js';

/** Where the gateway sends the buyer's browser back to. */
@ApiTags('checkout')
@Controller('payment')
export class PaymentReturnController {
  readonly #confirmation: PaymentConfirmationService;
  constructor(@Inject(PaymentConfirmationService) confirmation: PaymentConfirmationService) {
    this.#confirmation = confirmation;
  }

  /**
   * The signature says that the browser comes from the gateway, not how the payment ended, so the
   * gateway is asked. May come any number of times: it only ever asks.
   */
  @Get('callback')
  @Redirect()
  @UseGuards(CallbackSignatureGuard)
  @UseFilters(new CallbackRedirectFilter('/payment/error'))
  @ApiOperation({ summary: 'Return of the browser after card authentication' })
  @ApiQuery({ name: 'order_id' })
  @ApiQuery({ name: 'payment_id' })
  @ApiQuery({ name: 'status', enum: ['success', 'failed'] })
  @ApiQuery({ name: 'signature' })
  @ApiResponse({ status: 303, description: 'To the page of the confirmed state.' })
  async finish(
    @VerifiedCallback() callback: GlomopayCallback,
  ): Promise<{ url: string; statusCode: number }> {
    const purchase = await this.#confirmation.confirmReturn(callback);
    return { url: purchase ? resultPath(purchase) : '/payment/error', statusCode: 303 };
  }
}
