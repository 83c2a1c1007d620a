import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ShopDatabase } from '../database/shop-database.js';
import { GatewayAccount } from '../local-gateway/gateway-account.js';

/** What a monitor is told. */
export class Health {
  @ApiProperty({ enum: ['ok'] })
  readonly status: string = 'ok';

  @ApiProperty({ enum: ['sandbox', 'production'] })
  readonly gateway: string;

  constructor(gateway: string) {
    this.gateway = gateway;
  }
}

/** Whether the shop works. Asks its own database only, never the gateway. */
@ApiTags('health')
@Controller('health')
export class HealthController {
  readonly #database: ShopDatabase;
  readonly #account: GatewayAccount;
  constructor(
    @Inject(ShopDatabase) database: ShopDatabase,
    @Inject(GatewayAccount) account: GatewayAccount,
  ) {
    this.#database = database;
    this.#account = account;
  }

  @Get()
  @ApiOperation({ summary: 'Liveness, and which gateway is used' })
  @ApiOkResponse({ type: Health })
  async check(): Promise<Health> {
    await this.#database.first('SELECT 1');
    return new Health(this.#account.mode);
  }
}
