import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { ShopResponse } from '../http/shop-request.js';
import { GatewayAccount } from '../local-gateway/gateway-account.js';
import { PurchasesService } from '../purchases/purchases.service.js';
import { Session } from '../session/session.decorator.js';
import type { SessionHash } from '../session/session-cookie.js';
import { Assets } from './assets.js';
import { PageRenderer } from './page-renderer.js';
import { checkoutPage } from './pages/checkout.page.js';
import { testCards } from './test-cards.js';

/** The front page. */
@ApiExcludeController()
@Controller()
export class CheckoutPageController {
  readonly #purchases: PurchasesService;
  readonly #account: GatewayAccount;
  readonly #assets: Assets;
  readonly #renderer: PageRenderer;
  constructor(
    @Inject(PurchasesService) purchases: PurchasesService,
    @Inject(GatewayAccount) account: GatewayAccount,
    @Inject(Assets) assets: Assets,
    @Inject(PageRenderer) renderer: PageRenderer,
  ) {
    this.#purchases = purchases;
    this.#account = account;
    this.#assets = assets;
    this.#renderer = renderer;
  }

  @Get()
  async show(
    @Session() session: SessionHash | undefined,
    @Res({ passthrough: true }) response: ShopResponse,
  ): Promise<string> {
    return this.#renderer.render(
      response,
      checkoutPage({
        unfinished: await this.#purchases.latestUnfinishedOf(session),
        testCards: this.#account.mode === 'sandbox' ? testCards : [],
        assets: this.#assets,
      }),
    );
  }
}
