import { type DynamicModule, Global, Module } from '@nestjs/common';
import { GatewayAccount } from './gateway-account.js';

/** Gives every feature the account that was opened at start, and closes it at the end. */
@Global()
@Module({})
export class LocalGatewayModule {
  static with(account: GatewayAccount): DynamicModule {
    return {
      module: LocalGatewayModule,
      providers: [{ provide: GatewayAccount, useFactory: () => account }],
      exports: [GatewayAccount],
    };
  }
}
