import {
  Controller,
  Get,
  HttpStatus,
  Inject,
  NotFoundException,
  Param,
  Post,
  Query,
  Redirect,
  Req,
  Res,
  UseGuards,
} from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { readForm } from '../http/read-form.js';
import { SameOriginGuard } from '../http/same-origin.guard.js';
import type { ShopRequest, ShopResponse } from '../http/shop-request.js';
import { PurchasesService } from '../purchases/purchases.service.js';
import { PurchaseRefundsService } from '../refunds/purchase-refunds.service.js';
import { RefundDesk } from '../refunds/refund-desk.js';
import { PageRenderer } from '../storefront/page-renderer.js';
import { OperationsGuard } from './operations.guard.js';
import type { PaidPurchase } from './refund-case.js';
import { readRefundWish } from './refund-form.js';
import { refundsPage, type RefundsQuery } from './refunds.page.js';

/** The newest of those that were paid. */
const MOST_SHOWN = 20;

/** Where operators refund what was paid. */
@ApiExcludeController()
@Controller('operations')
@UseGuards(OperationsGuard)
export class RefundsController {
  readonly #purchases: PurchasesService;
  readonly #refunds: PurchaseRefundsService;
  readonly #desk: RefundDesk;
  readonly #renderer: PageRenderer;
  constructor(
    @Inject(PurchasesService) purchases: PurchasesService,
    @Inject(PurchaseRefundsService) refunds: PurchaseRefundsService,
    @Inject(RefundDesk) desk: RefundDesk,
    @Inject(PageRenderer) renderer: PageRenderer,
  ) {
    this.#purchases = purchases;
    this.#refunds = refunds;
    this.#desk = desk;
    this.#renderer = renderer;
  }

  @Get('refunds')
  async show(
    @Query() query: RefundsQuery,
    @Res({ passthrough: true }) response: ShopResponse,
  ): Promise<string> {
    // With "no-referrer", as elsewhere, browsers would send the forms of this page without an origin.
    response.setHeader('Referrer-Policy', 'same-origin');
    return this.#renderer.render(response, refundsPage(await this.#paid(), query));
  }

  @Post('purchases/:reference/refunds')
  @UseGuards(SameOriginGuard)
  @Redirect()
  async refund(
    @Param('reference') reference: string,
    @Req() request: ShopRequest,
  ): Promise<{ url: string; statusCode: number }> {
    const purchase = await this.#purchases.byReference(reference);
    if (!purchase) {
      throw new NotFoundException();
    }
    const wish = readRefundWish(await readForm(request), purchase.currency);
    const answer = wish ? await this.#desk.refund(purchase, wish) : 'unreadable';
    return { url: `/operations/refunds?refund=${answer}`, statusCode: HttpStatus.SEE_OTHER };
  }

  async #paid(): Promise<readonly PaidPurchase[]> {
    const purchases = await this.#purchases.paid(MOST_SHOWN);
    return Promise.all(
      purchases.map(async (purchase) => ({
        purchase,
        refunds: await this.#refunds.of(purchase.reference),
      })),
    );
  }
}
