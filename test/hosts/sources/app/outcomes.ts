import { Injectable } from '@nestjs/common';
import { OnPaymentOutcome, type PaymentOutcome } from 'nestjs-glomopay';

@Injectable()
export class Outcomes {
  readonly seen: { account: string; reference: string | null; outcome: string }[] = [];

  @OnPaymentOutcome()
  async record({ account, reference, outcome }: PaymentOutcome): Promise<void> {
    this.seen.push({ account, reference, outcome });
  }
}
