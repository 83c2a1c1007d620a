import { Inject, Injectable } from '@nestjs/common';
import { type EventDelivery, type GlomopayEventOf, OnGlomopayEvent } from 'nestjs-glomopay';
import { ShopDatabase } from '../database/shop-database.js';
import { PurchaseRefundsService } from './purchase-refunds.service.js';
import { RefundLooks } from './refund-looks.js';

/**
 * Hears that a refund has moved on. The event may be old by now, so it only gives reason to ask the
 * gateway, and what that says is written down.
 */
@Injectable()
export class RefundWitness {
  readonly #database: ShopDatabase;
  readonly #refunds: PurchaseRefundsService;
  readonly #looks: RefundLooks;
  constructor(
    @Inject(ShopDatabase) database: ShopDatabase,
    @Inject(PurchaseRefundsService) refunds: PurchaseRefundsService,
    @Inject(RefundLooks) looks: RefundLooks,
  ) {
    this.#database = database;
    this.#refunds = refunds;
    this.#looks = looks;
  }

  @OnGlomopayEvent('refund.*')
  async hear(event: GlomopayEventOf<'refund.*'>, delivery: EventDelivery): Promise<void> {
    const open = await this.#refunds.openOf(event.data.paymentId ?? '');
    const looks = await Promise.all(
      open.map(async (refund) => ({ refund, found: await this.#looks.look(refund) })),
    );
    await delivery.commit(async (tx) => {
      for (const { refund, found } of looks) {
        if (found) await this.#refunds.note(refund, found, this.#database.on(tx));
      }
    });
  }
}
