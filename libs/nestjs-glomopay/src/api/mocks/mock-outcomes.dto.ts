import { IsIn } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { IsGlomopayId } from '../../wire/rules.js';
import { Wire } from '../../wire/wire.decorator.js';

const refundOutcomes = ['success', 'failed'] as const;
const payoutOutcomes = ['pending', 'success', 'failed', 'action_required', 'cancelled'] as const;
const reviews = ['approve', 'reject'] as const;

/** What the bank makes of a refund. */
export type MockRefundOutcome = (typeof refundOutcomes)[number];

/** What becomes of a payout; `pending` moves a queued one on. */
export type MockPayoutOutcome = (typeof payoutOutcomes)[number];

/** What a review says. */
export type MockReview = (typeof reviews)[number];

/** Body of `PATCH /refunds/{id}/mock_update_status`. */
@Named('MockRefundDto')
export class MockRefundDto {
  @Wire('status')
  @IsIn(refundOutcomes)
  status!: MockRefundOutcome;
}

/** Body of `PATCH /payouts/mock`. */
@Named('MockPayoutDto')
export class MockPayoutDto {
  @Wire('id')
  @IsGlomopayId('payout')
  id!: string;

  @Wire('status')
  @IsIn(payoutOutcomes)
  status!: MockPayoutOutcome;
}

/** Body of `PATCH /v2/beneficiaries/{id}/mock-review`. */
@Named('MockReviewDto')
export class MockReviewDto {
  @Wire('review_action')
  @IsIn(reviews)
  reviewAction!: MockReview;
}
