import { Inject, Injectable } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import type { TrackingConfig } from '../config/tracking-options.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { BootLines } from '../handlers/boot-lines.js';
import { discovery, refused } from '../handlers/discovered-methods.js';
import { HandlerGroup } from '../handlers/handler-group.js';
import { milestones, type Milestone, type MilestoneAudience } from '../movements/milestones.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import {
  MILESTONE_HANDLER_NAMES,
  milestonesOf,
  ON_PAYMENT_MILESTONE,
} from './on-payment-milestone.decorator.js';
import { milestoneOf } from './payment-milestone.js';

const KIND = 'a handler of milestones';

const mark = {
  kind: 'milestone',
  find: discovery(KIND, ON_PAYMENT_MILESTONE, MILESTONE_HANDLER_NAMES),
  what: 'milestones of payments',
  lines: new BootLines(),
} as const;

/** The application's `@OnPaymentMilestone()` methods, found at boot. */
@Injectable()
export class MilestoneHandlers extends HandlerGroup implements MilestoneAudience {
  constructor(
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
  ) {
    super(modules, config, mark);
  }

  /** @throws {GlomopayConfigurationError} also for a milestone that there is not. */
  override onApplicationBootstrap(): void {
    super.onApplicationBootstrap();
    for (const { name, prototype, method } of this.handlers) {
      const unknown = milestonesOf(prototype, method).find((one) => !milestones.includes(one));
      if (unknown === undefined) continue;
      throw refused(name, KIND, `that there are not; there are ${milestones.join(', ')}`);
    }
  }

  hears(): boolean {
    return this.handlers.length > 0;
  }

  /** Runs every handler of the milestone in the transaction; the first that throws ends it. */
  tell(milestone: Milestone, record: TrackedRecord, tx: unknown): Promise<void> {
    const concerned = this.handlers.filter(({ prototype, method }) =>
      milestonesOf(prototype, method).includes(milestone),
    );
    return this.runEach(concerned, milestoneOf(milestone, record), tx);
  }
}
