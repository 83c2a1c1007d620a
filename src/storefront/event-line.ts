import { ApiProperty } from '@nestjs/swagger';
import type { PaymentEvent } from '../payment-events/payment-event.js';

/** One message of the gateway, as a status page shows it. */
export class EventLine {
  @ApiProperty({ example: 'Webhook payment.success received' })
  readonly text: string;

  @ApiProperty({ format: 'date-time' })
  readonly receivedAt: string;

  @ApiProperty({ example: '12:01:03 UTC' })
  readonly time: string;

  constructor(event: PaymentEvent) {
    this.text = `Webhook ${event.type} received`;
    this.receivedAt = event.receivedAt;
    this.time = `${event.receivedAt.slice(11, 19)} UTC`;
  }
}
