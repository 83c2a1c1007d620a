import {
  Controller,
  Get,
  type INestApplication,
  type ModuleMetadata,
  Query,
  UseGuards,
} from '@nestjs/common';
import {
  CallbackSignatureGuard,
  type GlomopayCallback,
  GlomopayModule,
  VerifiedCallback,
} from 'nestjs-glomopay';
import {
  type Answer,
  type NestHost,
  type Platform,
  send,
  startNestHost,
} from '../support/nest-host.js';

/** A genuine callback of test/vectors. */
export const KEY = 'secret-alpha-1f0c2e';
export const genuine = {
  order_id: 'order_68c00b7btsthf',
  payment_id: 'payt_691eeb9aV79Uk',
  status: 'success',
  signature: '1a76fa7ce8a299e0b843c26b81a37fef48acf9f06871f37f7f108a0c7c994871',
};
export const QUERY = Object.entries(genuine)
  .map((pair) => pair.join('='))
  .join('&');
/** What a handler is given for it. */
export const verified = {
  orderId: genuine.order_id,
  paymentId: genuine.payment_id,
  status: 'success',
};

@Controller()
export class CallbackController {
  @Get('callback')
  @UseGuards(CallbackSignatureGuard)
  finish(@VerifiedCallback() callback: GlomopayCallback, @Query() _query: unknown) {
    return callback;
  }
}

/** A running host. `get` sends a path as it is written, not as a URL parser would have it. */
export interface Host extends NestHost {
  get(path: string, method?: string): Promise<Answer>;
}

export interface HostParts extends ModuleMetadata {
  readonly secretKey?: string | readonly string[];
  readonly prepare?: (app: INestApplication) => void | Promise<void>;
}

export async function startHost(platform: Platform, parts: HostParts = {}): Promise<Host> {
  const { secretKey = KEY, prepare, imports = [], ...rest } = parts;
  const host = await startNestHost(
    platform,
    {
      controllers: [CallbackController],
      ...rest,
      imports: [GlomopayModule.forRoot({ secretKey }), ...imports],
    },
    { prepare },
  );
  return { ...host, get: (path, method = 'GET') => send(host.port, path, { method }) };
}
