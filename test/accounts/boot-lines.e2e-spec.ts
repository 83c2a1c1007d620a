import { afterEach, describe, expect, it } from '@jest/globals';
import { Injectable, type INestApplicationContext } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import {
  AfterPaymentOutcome,
  GlomopayAccount,
  GlomopayModule,
  GlomopayTrackingModule,
  ManualEngine,
  MemoryTrackingStore,
  OnPaymentMilestone,
  OnPaymentOutcome,
} from 'nestjs-glomopay';
import { CapturedLog } from '../support/captured-log.js';

@Injectable()
class Books {
  @OnPaymentOutcome()
  record(): void {}
}

@Injectable()
@GlomopayAccount('shop-3')
class Mail {
  @AfterPaymentOutcome()
  send(): void {}

  @OnPaymentMilestone('funds_available')
  pay(): void {}
}

describe('What a dozen accounts say at boot', () => {
  let app: INestApplicationContext | undefined;
  afterEach(() => app?.close());

  it('is said of all and of some of them', async () => {
    const names = Array.from({ length: 12 }, (_, n) => `shop-${n}`);
    const store = new MemoryTrackingStore();
    const module = await Test.createTestingModule({
      imports: names.flatMap((name) => [
        GlomopayModule.forRoot({
          name,
          secretKey: `key-of-${name}-5f0c2e81`,
          callbackUrl: 'https://shop.example/payment/callback',
        }),
        GlomopayTrackingModule.forRoot({
          name,
          store,
          engine: new ManualEngine(),
          work: name !== 'shop-5',
        }),
      ]),
      providers: [Books, Mail],
    }).compile();
    const log = new CapturedLog();
    module.useLogger(log);
    app = await module.init();
    expect(log.text).toContain('payment outcomes of 11 accounts go to Books.record');
    expect(log.text).toContain('follow-ups of payment outcomes of shop-3 go to Mail.send');
    expect(log.text).toContain('milestones of payments of shop-3 go to Mail.pay');
    expect(log.text).toContain('outcomes and events of shop-5 are left to other processes');
    expect(log.text).toMatch(/webhook events of 11 accounts go to /);
  });
});
