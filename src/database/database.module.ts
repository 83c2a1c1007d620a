import { Module } from '@nestjs/common';
import { ShopSettings } from '../config/shop-settings.js';
import { openDatabase } from './open-database.js';
import { ShopDatabase } from './shop-database.js';

/** The shop's own data, and with it its tracked payments. */
@Module({
  providers: [{ provide: ShopDatabase, inject: [ShopSettings], useFactory: openDatabase }],
  exports: [ShopDatabase],
})
export class DatabaseModule {}
