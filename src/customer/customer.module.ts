import { Module } from '@nestjs/common';
import { DatabaseModule } from '../database/database.module.js';
import { ShopCustomerService } from './shop-customer.service.js';

/** The customer the shop opens its orders for. */
@Module({
  imports: [DatabaseModule],
  providers: [ShopCustomerService],
  exports: [ShopCustomerService],
})
export class CustomerModule {}
