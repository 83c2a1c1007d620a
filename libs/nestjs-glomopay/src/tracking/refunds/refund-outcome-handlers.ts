import { Inject, Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { BootLines } from '../handlers/boot-lines.js';
import { discovery } from '../handlers/discovered-methods.js';
import { OutcomeGroup } from '../handlers/outcome-group.js';
import { ON_REFUND_OUTCOME, REFUND_HANDLER_NAMES } from './on-refund-outcome.decorator.js';
import type { RefundOutcome } from './refund-outcome.js';

/** Not every application refunds: one without handlers is not warned. */
const mark = {
  kind: 'refund_outcome',
  find: discovery('a handler of refund outcomes', ON_REFUND_OUTCOME, REFUND_HANDLER_NAMES),
  what: 'refund outcomes',
  lines: new BootLines(),
} as const;

/** The application's `@OnRefundOutcome()` methods, found at boot. */
@Injectable()
export class RefundOutcomeHandlers extends OutcomeGroup<RefundOutcome> {
  constructor(
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
  ) {
    super(modules, config, mark);
  }
}
