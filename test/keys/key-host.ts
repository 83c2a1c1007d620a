import { createHmac } from 'node:crypto';
import { Controller, Get, HttpCode, Post, UseGuards } from '@nestjs/common';
import {
  CallbackSignatureGuard,
  type GlomopayCallback,
  type GlomopayEvent,
  GlomopayModule,
  type GlomopayModuleOptions,
  VerifiedCallback,
  VerifiedWebhook,
  WebhookSignatureGuard,
} from 'nestjs-glomopay';
import { FastClock } from '../support/library/fast-clock.js';
import { type NestHost, type Platform, send, startNestHost } from '../support/nest-host.js';
import { withClock } from '../support/with-clock.js';

@Controller()
class KeyController {
  @Get('callback')
  @UseGuards(CallbackSignatureGuard)
  finish(@VerifiedCallback() callback: GlomopayCallback) {
    return callback.status;
  }

  @Post('webhook')
  @HttpCode(200)
  @UseGuards(WebhookSignatureGuard)
  receive(@VerifiedWebhook() event: GlomopayEvent) {
    return event.type;
  }
}

/** An application whose keys come from elsewhere, and what its buyers and the gateway send to it. */
export interface KeyHost extends NestHost {
  /** The time by which keys are followed. */
  readonly clock: FastClock;
  /** Status of the answer to a callback that is signed under a key. */
  callback(key: string): Promise<number>;
  /** Status of the answer to a webhook that is signed under a secret. */
  webhook(secret: string): Promise<number>;
}

export async function startKeyHost(
  platform: Platform,
  options: GlomopayModuleOptions,
): Promise<KeyHost> {
  const clock = new FastClock();
  const account = GlomopayModule.forRootAsync({ useFactory: async () => options });
  const host = await startNestHost(
    platform,
    { controllers: [KeyController], imports: [withClock(account, clock)] },
    { options: { rawBody: true } },
  );
  return {
    ...host,
    clock,
    callback: async (key) => (await send(host.port, `/callback?${signedQuery(key)}`)).status,
    webhook: async (secret) => {
      const body = '{"data":{},"entity_type":"webhook_test","event_type":"test"}';
      const headers = {
        'content-type': 'application/json',
        'x-glomopay-signature': hmac(secret, body),
      };
      return (await send(host.port, '/webhook', { method: 'POST', headers, body })).status;
    },
  };
}

function signedQuery(key: string): string {
  const signature = hmac(key, 'order_68c00b7btsthf|payt_691eeb9aV79Uk|success');
  return new URLSearchParams({
    order_id: 'order_68c00b7btsthf',
    payment_id: 'payt_691eeb9aV79Uk',
    status: 'success',
    signature,
  }).toString();
}

function hmac(key: string, message: string): string {
  return createHmac('sha256', key).update(message).digest('hex');
}
