import { Transform } from 'class-transformer';
import { IsArray, IsDefined, IsIn, IsOptional, ValidateNested } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { secretsOf } from '../../logging/secrets-of.js';
import type { IdText } from '../../values/ids.js';
import { RequestDto } from '../../wire/request-dto.js';
import { IsCallbackUrl, IsGlomopayId, IsNotes, IsRequestId } from '../../wire/rules.js';
import { ExcludedBy, RequiredUnless } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';
import { CardDto, type CardInput } from './card.dto.js';

/** What a card payment has whatever it pays. */
interface CardPayment {
  /** @defaultValue `'card'` */
  readonly method?: 'card' | undefined;
  readonly card: CardInput | CardDto;
  /** Where the buyer's browser returns to. @defaultValue the module's `callbackUrl` */
  readonly callbackUrl?: string | undefined;
  /**
   * Your own key for this payment, unique per account and at most 64 characters. With it a lost
   * answer is found again and nothing is charged twice; derive it from your record, never anew.
   */
  readonly requestId?: string | undefined;
  /** Free texts of yours; keys and values pass untouched. */
  readonly notes?: Readonly<Record<string, string>> | null | undefined;
  readonly splitIds?: readonly IdText<'split'>[] | undefined;
}

/** What a card payment pays: one thing. */
type PaidByCard =
  | {
      /** Order to pay. */
      readonly orderId: IdText<'order'>;
      readonly subscriptionId?: undefined;
    }
  | {
      /** Subscription whose first payment this is. */
      readonly subscriptionId: IdText<'subscription'>;
      readonly orderId?: undefined;
    };

/** A card payment as plain members, of an order or the first one of a subscription. */
export type CreatePaymentInput = CardPayment & PaidByCard;

/** Body of a card payment on an order, or of the first card payment of a subscription. */
@Named('CreatePaymentDto')
export class CreatePaymentDto extends RequestDto {
  @Wire('order_id')
  @RequiredUnless('subscriptionId')
  @IsGlomopayId('order')
  orderId?: string;

  @Wire('subscription_id')
  @IsOptional()
  @IsGlomopayId('subscription')
  @ExcludedBy('orderId')
  subscriptionId?: string;

  @Wire('method')
  @IsOptional()
  @IsIn(['card'])
  method?: 'card';

  @Wire('card', () => CardDto)
  // A bare number in its place must not stay where validation errors show it.
  @Transform(({ value }: { value: unknown }) => (value instanceof CardDto ? value : undefined), {
    toClassOnly: true,
  })
  @IsDefined()
  @ValidateNested()
  card!: CardDto;

  @Wire('callback_url')
  @IsOptional()
  @IsCallbackUrl()
  callbackUrl?: string;

  @Wire('request_id')
  @IsOptional()
  @IsRequestId()
  requestId?: string;

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

/** The values of a card that no error and no answer may show. */
export const cardSecrets = secretsOf({ number: 'digits', cvv: 'cvv', holder_name: 'text' });
