import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { isAtRest, type PurchaseProgress } from '../payment-events/purchase-progress.service.js';
import { purchaseStatuses } from '../purchases/purchase.js';
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

  @ApiPropertyOptional({
    description: 'Where the outcome is shown, once there is one and no refund is under way.',
  })
  readonly resultUrl?: string;

  @ApiProperty({ type: [EventLine], description: 'What the gateway has told, oldest first.' })
  readonly events: readonly EventLine[];

  constructor(progress: PurchaseProgress) {
    const { purchase, events, refunds } = progress;
    const { title, text } = wordingOf(purchase, refunds);
    this.reference = purchase.reference;
    this.status = purchase.status;
    this.title = title;
    this.text = text;
    this.events = events.map((event) => new EventLine(event));
    if (isAtRest(progress)) {
      this.resultUrl = resultPath(purchase);
    }
  }
}
