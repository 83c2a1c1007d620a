import { Inject, Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { AfterHandlers } from '../handlers/after-handlers.js';
import { BootLines } from '../handlers/boot-lines.js';
import { discovery } from '../handlers/discovered-methods.js';
import { AFTER_REFUND_NAMES, AFTER_REFUND_OUTCOME } from './after-refund-outcome.decorator.js';

const mark = {
  kind: 'after_refund_outcome',
  find: discovery(
    'a handler of what follows outcomes of refunds',
    AFTER_REFUND_OUTCOME,
    AFTER_REFUND_NAMES,
  ),
  what: 'follow-ups of refund outcomes',
  lines: new BootLines(),
} as const;

/** The application's `@AfterRefundOutcome()` methods, found at boot. */
@Injectable()
export class AfterRefundHandlers extends AfterHandlers {
  override readonly about = 'refund';

  constructor(
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
  ) {
    super(modules, config, mark);
  }
}
