import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { type ShopResponse } from '../http/shop-request.js';
import { GatewayAccount } from '../local-gateway/gateway-account.js';
import { PurchasesService } from '../purchases/purchases.service.js';
import { Session } from '../session/session.decorator.js';
import { type SessionHash } from '../session/session-cookie.js';
import { Assets } from './assets.js';
import { PageRenderer } from './page-renderer.js';
import { checkoutPage } from './pages/checkout.page.js';
import { testCards } from './test-cards.js';

/** The front page. */
@ApiExcludeController()
@Controller()
export class CheckoutPageController {
  constructor(
    @Inject(PurchasesService) private readonly purchases: PurchasesService,
    @Inject(GatewayAccount) private readonly account: GatewayAccount,
    @Inject(Assets) private readonly assets: Assets,
    @Inject(PageRenderer) private readonly renderer: PageRenderer,
  ) {}

  @Get()
  async show(
    @Session() session: SessionHash | undefined,
    @Res({ passthrough: true }) response: ShopResponse,
  ): Promise<string> {
    return this.renderer.render(
      response,
      checkoutPage({
        unfinished: await this.purchases.latestUnfinishedOf(session),
        testCards: this.account.mode === 'sandbox' ? testCards : [],
        assets: this.assets,
      }),
    );
  }
}
