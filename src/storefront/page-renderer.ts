import { Inject, Injectable } from '@nestjs/common';
import type { ShopResponse } from '../http/shop-request.js';
import { GatewayAccount } from '../local-gateway/gateway-account.js';
import { Assets } from './assets.js';
import { documentOf, type Page } from './page.js';
import { contentSecurityPolicy } from './security-headers.js';

/** Turns a page into an answer: its document, and the policy that lets only its own script run. */
@Injectable()
export class PageRenderer {
  readonly #assets: Assets;
  readonly #account: GatewayAccount;
  constructor(@Inject(Assets) assets: Assets, @Inject(GatewayAccount) account: GatewayAccount) {
    this.#assets = assets;
    this.#account = account;
  }

  render(response: ShopResponse, page: Omit<Page, 'isSandbox'>): string {
    const script = page.script && this.#assets.get(page.script);
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.setHeader('Content-Security-Policy', contentSecurityPolicy(script?.integrity));
    const isSandbox = this.#account.mode === 'sandbox';
    return documentOf({ ...page, isSandbox }, this.#assets).markup;
  }
}
