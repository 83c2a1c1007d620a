import {
  Body,
  Controller,
  HttpStatus,
  Inject,
  Post,
  Res,
  UseGuards,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiAcceptedResponse,
  ApiCreatedResponse,
  ApiForbiddenResponse,
  ApiOperation,
  ApiServiceUnavailableResponse,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { SameOriginGuard } from '../http/same-origin.guard.js';
import type { ShopResponse } from '../http/shop-request.js';
import { ShopProblem } from '../problems/shop-problem.js';
import { Session } from '../session/session.decorator.js';
import type { SessionHash } from '../session/session-cookie.js';
import { CheckoutRateLimitInterceptor } from './checkout-rate-limit.interceptor.js';
import { CheckoutService } from './checkout.service.js';
import { CheckoutValidationPipe } from './checkout-validation.pipe.js';
import { CheckoutStartedDto } from './dto/checkout-started.dto.js';
import { StartCheckoutDto } from './dto/start-checkout.dto.js';

const BEING_CHECKED =
  'We are checking this payment with the bank. Please do not pay again: the status page shows the result.';

/** Takes a card and starts the payment. */
@ApiTags('checkout')
@Controller('checkout')
@UseGuards(SameOriginGuard)
@UseInterceptors(CheckoutRateLimitInterceptor)
export class CheckoutController {
  readonly #checkout: CheckoutService;
  constructor(@Inject(CheckoutService) checkout: CheckoutService) {
    this.#checkout = checkout;
  }

  @Post()
  @ApiOperation({ summary: 'Open an order and start its card payment' })
  @ApiCreatedResponse({ type: CheckoutStartedDto, description: 'Send the buyer to redirectUrl.' })
  @ApiAcceptedResponse({
    type: CheckoutStartedDto,
    description: 'The payment may exist and is being looked up. Not to be sent again.',
  })
  @ApiForbiddenResponse({ description: 'Not sent from a page of this shop.' })
  @ApiUnprocessableEntityResponse({ description: 'Problems by field. Nothing was charged.' })
  @ApiTooManyRequestsResponse({ description: 'Too many attempts. Nothing was charged.' })
  @ApiServiceUnavailableResponse({ description: 'Gateway not reached. Nothing was charged.' })
  async start(
    @Body(CheckoutValidationPipe) request: StartCheckoutDto,
    @Session() session: SessionHash | undefined,
    @Res({ passthrough: true }) response: ShopResponse,
  ): Promise<CheckoutStartedDto> {
    if (!session) {
      throw ShopProblem.withMessage(403, 'Open the shop in a browser that keeps cookies.');
    }
    const { purchase, redirectUrl } = await this.#checkout.start(request, session);
    const { reference } = purchase;
    const started = { reference, statusUrl: `/payments/${reference}` };
    if (redirectUrl === undefined) {
      response.statusCode = HttpStatus.ACCEPTED;
      return { ...started, message: BEING_CHECKED };
    }
    return { ...started, redirectUrl };
  }
}
