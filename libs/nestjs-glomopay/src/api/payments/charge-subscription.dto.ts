import { IsArray, IsOptional } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import { IsCurrency, IsGlomopayId, IsMinorUnits, IsNotes, IsRequestId } from '../../wire/rules.js';
import { Wire } from '../../wire/wire.decorator.js';

/** A further charge of a subscription as plain members. There is no card: the gateway has it. */
export interface ChargeSubscriptionInput {
  /** A subscription of `as_presented` whose first payment has succeeded. */
  readonly subscriptionId: IdText<'subscription'>;
  /** Minor units, 1 or more, and at most the `maxAmount` of the subscription. */
  readonly amount: number;
  /** That of the subscription: upper-case ISO 4217. */
  readonly currency: string;
  /**
   * Your own key for this charge, unique per account and at most 64 characters: a new one for each
   * charge, the same one whenever you try this charge again. Derive it from your record.
   */
  readonly requestId: string;
  /** Free texts of yours; keys and values pass untouched. */
  readonly notes?: Readonly<Record<string, string>> | null | undefined;
  /** In place of those that the subscription has. */
  readonly splitIds?: readonly IdText<'split'>[] | undefined;
}

/** Body of a further charge of a subscription (docs/gateway.md, Subscriptions). */
@Named('ChargeSubscriptionDto')
export class ChargeSubscriptionDto implements ChargeSubscriptionInput {
  @Wire('subscription_id')
  @IsGlomopayId('subscription')
  subscriptionId!: string;

  @Wire('amount')
  @IsMinorUnits('currency')
  amount!: number;

  @Wire('currency')
  @IsCurrency()
  currency!: string;

  @Wire('request_id')
  @IsRequestId()
  requestId!: string;

  @Wire('notes')
  @IsOptional()
  @IsNotes()
  notes?: Record<string, string> | null;

  @Wire('split_ids')
  @IsOptional()
  @IsArray()
  @IsGlomopayId('split', { each: true })
  splitIds?: string[];
}
