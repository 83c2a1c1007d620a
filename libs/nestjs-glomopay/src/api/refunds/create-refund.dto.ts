import { IsIn, IsOptional, IsString } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import { secretsOf } from '../../logging/secrets-of.js';
import { IsGlomopayId, IsMinorUnits, IsRequestId } from '../../wire/rules.js';
import { Wire } from '../../wire/wire.decorator.js';

/** Why money is given back, to the letter (docs/gateway.md, Refunds). */
export const refundReasons = [
  'Requested By Customer',
  'Duplicate',
  'Fraudulent',
  'Others',
] as const;

/** A reason that a refund can be asked for with. */
export type RefundReason = (typeof refundReasons)[number];

/** A refund as plain members. */
export interface CreateRefundInput {
  /** A payment that has succeeded. */
  readonly paymentId: IdText<'payment'>;
  readonly reason: RefundReason;
  /**
   * Your own key for this refund, unique per account and at most 64 characters. The gateway would do
   * without; we do not, because a second refund is money that nobody gets back. Keep it with the
   * intent, before you call, and use it for every try.
   */
  readonly requestId: string;
  /**
   * Minor units of the payment's `convertedCurrency`, 1 or more. Less than its `convertedAmount` is a
   * refund in part, which only cards have, and only where the account is enabled for it.
   * @defaultValue all of it
   */
  readonly amount?: number | undefined;
  readonly documentId?: IdText<'document'> | undefined;
  readonly documentUrl?: string | undefined;
  readonly fileName?: string | undefined;
}

/** Body of `POST /refunds` (docs/gateway.md, Refunds). */
@Named('CreateRefundDto')
export class CreateRefundDto implements CreateRefundInput {
  @Wire('payment_id')
  @IsGlomopayId('payment')
  paymentId!: string;

  @Wire('reason')
  @IsIn(refundReasons)
  reason!: RefundReason;

  @Wire('request_id')
  @IsRequestId()
  requestId!: string;

  @Wire('amount')
  @IsOptional()
  @IsMinorUnits()
  amount?: number;

  @Wire('document_id')
  @IsOptional()
  @IsGlomopayId('document')
  documentId?: string;

  @Wire('document_url')
  @IsOptional()
  @IsString()
  documentUrl?: string;

  @Wire('file_name')
  @IsOptional()
  @IsString()
  fileName?: string;
}

/** Names and addresses of documents, which no error may show; a refund itself has them. */
export const documentSecrets = secretsOf({ document_url: 'personal', file_name: 'personal' });
