import { IsIn, IsOptional } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText, PayinKind } from '../../values/ids.js';
import { RequestDto } from '../../wire/request-dto.js';
import { IsCurrency, IsGlomopayId, IsMinorUnits } from '../../wire/rules.js';
import { ExactlyOneOf } from '../../wire/rules-between.js';
import { Wire } from '../../wire/wire.decorator.js';

const methods = ['BankTransfer'] as const;
const remitters = ['Sanctioned_Entity', 'Non_Sanctioned_Entity'] as const;

/** The money that comes. */
interface TransferredMoney {
  /** Minor units; what the payer is quoted at checkout, which FX or fees may make another than you asked for. */
  readonly amount: number;
  /** Upper-case ISO 4217, as quoted. */
  readonly currency: string;
  /** Who sends it, as far as sanctions are concerned. An older description alone has it. */
  readonly remitterName?: (typeof remitters)[number] | undefined;
}

/** A transfer that pays an order, a link or a top-up, or one of which nobody knows what it is for. */
export type MockTransferInput = TransferredMoney &
  (
    | {
        readonly payinId: IdText<PayinKind>;
        readonly paymentMethod?: undefined;
      }
    | {
        /** An unmatched transfer. */
        readonly paymentMethod: (typeof methods)[number];
        readonly payinId?: undefined;
      }
  );

/** Body of `POST /payment/mock` (docs/gateway.md, Mocks). */
@Named('MockTransferDto')
export class MockTransferDto extends RequestDto implements TransferredMoney {
  @Wire('amount')
  @IsMinorUnits('currency')
  amount!: number;

  @Wire('currency')
  @IsCurrency()
  currency!: string;

  @Wire('payin_id')
  @ExactlyOneOf('payinId', 'paymentMethod')
  @IsGlomopayId(['order', 'paymentLink', 'topUp'])
  payinId?: string;

  @Wire('payment_method')
  @IsOptional()
  @IsIn(methods)
  paymentMethod?: (typeof methods)[number];

  @Wire('remitter_name')
  @IsOptional()
  @IsIn(remitters)
  remitterName?: (typeof remitters)[number];
}
