import { Module } from '@nestjs/common';
import { ShopDatabase } from './shop-database.js';

/** The one connection to the shop's own data. */
@Module({ providers: [ShopDatabase], exports: [ShopDatabase] })
export class DatabaseModule {}
