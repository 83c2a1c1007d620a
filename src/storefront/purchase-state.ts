import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { PurchaseProgress } from '../payment-events/purchase-progress.service.js';
import { isFinal, purchaseStatuses } from '../purchases/purchase.js';
import { resultPath } from '../purchases/result-path.js';
import { EventLine } from './event-line.js';
import { wordingOf } from './purchase-wording.js';

/** What a status page is told about its purchase. */
export class PurchaseState {
  @ApiProperty()
  readonly reference: string;

  @ApiProperty({ enum: purchaseStatuses })
  readonly status: string;

  @ApiProperty({ example: 'Waiting for your bank' })
  readonly title: string;

  @ApiProperty()
  readonly text: string;

  @ApiPropertyOptional({ description: 'Where the outcome is shown, once there is one.' })
  readonly resultUrl?: string;

  @ApiProperty({ type: [EventLine], description: 'What the gateway has told, oldest first.' })
  readonly events: readonly EventLine[];

  constructor({ purchase, events }: PurchaseProgress) {
    const { title, text } = wordingOf(purchase);
    this.reference = purchase.reference;
    this.status = purchase.status;
    this.title = title;
    this.text = text;
    this.events = events.map((event) => new EventLine(event));
    if (isFinal(purchase)) {
      this.resultUrl = resultPath(purchase);
    }
  }
}
