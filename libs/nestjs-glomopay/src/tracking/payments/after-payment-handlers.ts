import { Inject, Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { AfterHandlers } from '../handlers/after-handlers.js';
import { BootLines } from '../handlers/boot-lines.js';
import { discovery } from '../handlers/discovered-methods.js';
import { AFTER_PAYMENT_NAMES, AFTER_PAYMENT_OUTCOME } from './after-payment-outcome.decorator.js';

const mark = {
  kind: 'after_outcome',
  find: discovery('a handler of what follows outcomes', AFTER_PAYMENT_OUTCOME, AFTER_PAYMENT_NAMES),
  what: 'follow-ups of payment outcomes',
  lines: new BootLines(),
} as const;

/** The application's `@AfterPaymentOutcome()` methods, found at boot. */
@Injectable()
export class AfterPaymentHandlers extends AfterHandlers {
  override readonly about = 'payment';

  constructor(
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
  ) {
    super(modules, config, mark);
  }
}
