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
import { RefundDesk } from '../refunds/refund-desk.js';
import { PageRenderer } from '../storefront/page-renderer.js';
import { OperationsGuard } from './operations.guard.js';
import { operationsPage, type OperationsQuery } from './operations.page.js';
import { OperationsService } from './operations.service.js';
import { ReconciliationDesk } from './reconciliation-desk.js';
import { reconciliationSection } from './reconciliation-section.js';
import { readRefundWish } from './refund-form.js';

/** The page of whoever keeps the shop running. */
@ApiExcludeController()
@Controller('operations')
@UseGuards(OperationsGuard)
export class OperationsController {
  readonly #operations: OperationsService;
  readonly #purchases: PurchasesService;
  readonly #refunds: RefundDesk;
  readonly #renderer: PageRenderer;
  readonly #reconciliations: ReconciliationDesk;
  constructor(
    @Inject(OperationsService) operations: OperationsService,
    @Inject(PurchasesService) purchases: PurchasesService,
    @Inject(RefundDesk) refunds: RefundDesk,
    @Inject(PageRenderer) renderer: PageRenderer,
    @Inject(ReconciliationDesk) reconciliations: ReconciliationDesk,
  ) {
    this.#operations = operations;
    this.#purchases = purchases;
    this.#refunds = refunds;
    this.#renderer = renderer;
    this.#reconciliations = reconciliations;
  }

  @Get()
  async show(
    @Query() query: OperationsQuery,
    @Res({ passthrough: true }) response: ShopResponse,
  ): Promise<string> {
    // With "no-referrer", as elsewhere, browsers would send the forms of this page without an origin.
    response.setHeader('Referrer-Policy', 'same-origin');
    return this.#renderer.render(
      response,
      operationsPage(
        await this.#operations.overview(),
        query,
        reconciliationSection(this.#reconciliations.last),
      ),
    );
  }

  @Post('events/:id/replay')
  @UseGuards(SameOriginGuard)
  @Redirect()
  async replay(@Param('id') id: string): Promise<{ url: string; statusCode: number }> {
    if (!/^(?:after-)?[0-9a-f]{64}$/.test(id)) {
      throw new NotFoundException();
    }
    const replayed = await this.#operations.replay(id);
    return {
      url: `/operations?replay=${replayed ? 'begun' : 'none'}`,
      statusCode: HttpStatus.SEE_OTHER,
    };
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
    const answer = wish ? await this.#refunds.refund(purchase, wish) : 'unreadable';
    return { url: `/operations?refund=${answer}`, statusCode: HttpStatus.SEE_OTHER };
  }
}
