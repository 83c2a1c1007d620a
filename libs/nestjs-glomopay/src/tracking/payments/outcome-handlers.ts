import { Inject, Injectable, Logger } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { BootLines } from '../handlers/boot-lines.js';
import { discovery } from '../handlers/discovered-methods.js';
import { OutcomeGroup } from '../handlers/outcome-group.js';
import { ON_PAYMENT_OUTCOME, OUTCOME_HANDLER_NAMES } from './on-payment-outcome.decorator.js';
import type { PaymentOutcome } from './payment-outcome.js';

const mark = {
  kind: 'outcome',
  find: discovery('an outcome handler', ON_PAYMENT_OUTCOME, OUTCOME_HANDLER_NAMES),
  what: 'payment outcomes',
  none: 'no @OnPaymentOutcome() method was found',
  lines: new BootLines(),
} as const;
const left = new BootLines();
const LEFT = 'left to other processes (work: false)';

function sayLeft(whose: string): void {
  new Logger('Glomopay').log(`outcomes and events${whose} are ${LEFT}`);
}

/** The application's `@OnPaymentOutcome()` methods, found at boot. */
@Injectable()
export class OutcomeHandlers extends OutcomeGroup<PaymentOutcome> {
  readonly #sayLeft: () => void;

  constructor(
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
  ) {
    super(modules, config, mark);
    this.#sayLeft = () => left.say(modules, config, LEFT, config.work ? undefined : sayLeft);
  }

  override onApplicationBootstrap(): void {
    super.onApplicationBootstrap();
    this.#sayLeft();
  }
}
