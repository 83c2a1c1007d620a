import { Inject, Injectable } from '@nestjs/common';
import { RefundTracker } from 'nestjs-glomopay';
import { isOpen, requestIdOf } from './purchase-refund.js';
import { PurchaseRefundsService } from './purchase-refunds.service.js';

/** Has the tracker ask the gateway what has become of refunds. */
@Injectable()
export class RefundLooks {
  readonly #tracker: RefundTracker;
  readonly #refunds: PurchaseRefundsService;
  constructor(
    @Inject(RefundTracker) tracker: RefundTracker,
    @Inject(PurchaseRefundsService) refunds: PurchaseRefundsService,
  ) {
    this.#tracker = tracker;
    this.#refunds = refunds;
  }

  /** Asks how far the open refunds of a purchase have come; where the gateway cannot be asked, they stay. */
  async refresh(reference: string): Promise<void> {
    const open = (await this.#refunds.of(reference)).filter(isOpen);
    await Promise.all(
      open.map(async (refund) => {
        const tracked = await this.#tracker.check(requestIdOf(refund));
        if (tracked?.state === 'attempted') {
          await this.#refunds.noteTaken(refund, tracked.refundId);
        }
      }),
    );
  }
}
