import { Inject, Injectable } from '@nestjs/common';
import { ExternalContextCreator, HttpAdapterHost } from '@nestjs/core';
import { MountedRoute } from '../tracking/route/mounted-route.js';
import type { WebhookRouteOptions } from '../tracking/route/webhook-route-options.js';
import { MerchantReceiver } from './merchant-receiver.js';
import { GLOMOPAY_MERCHANTS_ROUTE } from '../config/merchants.tokens.js';

/** The one ready-made webhook route of all accounts that are made at run time. */
@Injectable()
export class MerchantRoute extends MountedRoute {
  constructor(
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
    @Inject(ExternalContextCreator) contexts: ExternalContextCreator,
    @Inject(MerchantReceiver) receiver: MerchantReceiver,
    @Inject(GLOMOPAY_MERCHANTS_ROUTE) options: WebhookRouteOptions | null,
  ) {
    super(host, contexts, receiver, options);
  }
}
