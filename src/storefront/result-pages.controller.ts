import { Controller, Get, Inject, NotFoundException, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { ShopResponse } from '../http/shop-request.js';
import { PurchaseProgressService } from '../payment-events/purchase-progress.service.js';
import type { Purchase } from '../purchases/purchase.js';
import { PurchasesService } from '../purchases/purchases.service.js';
import { Session } from '../session/session.decorator.js';
import type { SessionHash } from '../session/session-cookie.js';
import { PageRenderer } from './page-renderer.js';
import { purchasePage } from './pages/purchase.page.js';
import { returnErrorPage } from './pages/return-error.page.js';

/** Where a browser lands after payment. The address claims nothing: the page shows what is stored. */
@ApiExcludeController()
@Controller('payment')
export class ResultPagesController {
  readonly #purchases: PurchasesService;
  readonly #progress: PurchaseProgressService;
  readonly #renderer: PageRenderer;
  constructor(
    @Inject(PurchasesService) purchases: PurchasesService,
    @Inject(PurchaseProgressService) progress: PurchaseProgressService,
    @Inject(PageRenderer) renderer: PageRenderer,
  ) {
    this.#purchases = purchases;
    this.#progress = progress;
    this.#renderer = renderer;
  }

  @Get(['success', 'failed', 'pending'])
  async show(
    @Query('ref') reference: unknown,
    @Session() session: SessionHash | undefined,
    @Res({ passthrough: true }) response: ShopResponse,
  ): Promise<string> {
    const purchase = await this.#find(reference);
    if (!purchase) {
      throw new NotFoundException();
    }
    const isOwner = purchase.sessionHash === session;
    const progress = await this.#progress.of(purchase);
    return this.#renderer.render(response, purchasePage(progress, isOwner));
  }

  @Get('error')
  async showError(
    @Query('ref') reference: unknown,
    @Session() session: SessionHash | undefined,
    @Res({ passthrough: true }) response: ShopResponse,
  ): Promise<string> {
    if (await this.#find(reference)) {
      return this.show(reference, session, response);
    }
    const unfinished = await this.#purchases.latestUnfinishedOf(session);
    return this.#renderer.render(response, returnErrorPage(unfinished));
  }

  async #find(reference: unknown): Promise<Purchase | undefined> {
    return typeof reference === 'string' ? this.#purchases.byReference(reference) : undefined;
  }
}
