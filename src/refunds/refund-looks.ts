import { Inject, Injectable } from '@nestjs/common';
import { GlomopayError, type Refund, RefundsService, type RequestOptions } from 'nestjs-glomopay';
import { isOpen, type PurchaseRefund, requestIdOf } from './purchase-refund.js';
import { PurchaseRefundsService } from './purchase-refunds.service.js';

/** A page waits for it. */
const LOOK_MS = 3000;

/** Asks the gateway what has become of refunds. */
@Injectable()
export class RefundLooks {
  readonly #gateway: RefundsService;
  readonly #refunds: PurchaseRefundsService;
  constructor(
    @Inject(RefundsService) gateway: RefundsService,
    @Inject(PurchaseRefundsService) refunds: PurchaseRefundsService,
  ) {
    this.#gateway = gateway;
    this.#refunds = refunds;
  }

  /** Asks the gateway how far the open refunds of a purchase have come; where it cannot be asked, they stay. */
  async refresh(reference: string): Promise<void> {
    const open = (await this.#refunds.of(reference)).filter(isOpen);
    await Promise.all(
      open.map(async (refund) => {
        try {
          const found = await this.look(refund, { deadlineMs: LOOK_MS });
          if (found) {
            await this.#refunds.note(refund, found);
          }
        } catch (error) {
          if (!(error instanceof GlomopayError)) {
            throw error;
          }
        }
      }),
    );
  }

  /** The refund as the gateway has it now; nothing when it has none. */
  async look(refund: PurchaseRefund, options?: RequestOptions): Promise<Refund | undefined> {
    if (refund.refundId !== null) {
      return this.#gateway.get(refund.refundId, options);
    }
    const { data } = await this.#gateway.list({ requestId: requestIdOf(refund) }, options);
    return data.find(({ paymentId }) => paymentId === refund.paymentId);
  }
}
