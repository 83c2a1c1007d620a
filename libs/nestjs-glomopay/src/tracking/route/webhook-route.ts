import { Inject, Injectable } from '@nestjs/common';
import { ExternalContextCreator, HttpAdapterHost } from '@nestjs/core';
import type { WebhookVerifier } from '../../webhooks/webhook-verifier.js';
import { GLOMOPAY_TRACKED_WEBHOOKS, GLOMOPAY_WEBHOOK_ROUTE } from '../config/tracking.tokens.js';
import { MountedRoute } from './mounted-route.js';
import { WebhookReceiver } from './webhook-receiver.js';
import type { WebhookRouteOptions } from './webhook-route-options.js';

/** The ready-made webhook route of one account. */
@Injectable()
export class WebhookRoute extends MountedRoute {
  constructor(
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
    @Inject(ExternalContextCreator) contexts: ExternalContextCreator,
    @Inject(WebhookReceiver) receiver: WebhookReceiver,
    @Inject(GLOMOPAY_WEBHOOK_ROUTE) options: WebhookRouteOptions | null,
    @Inject(GLOMOPAY_TRACKED_WEBHOOKS) verifier: WebhookVerifier,
  ) {
    if (options !== null) verifier.assertConfigured();
    super(host, contexts, receiver, options);
  }
}
