import { ArrayNotEmpty, IsArray, ValidateNested } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { IsGlomopayId } from '../../wire/rules.js';
import { Wire } from '../../wire/wire.decorator.js';
import type { RfiAnswer } from './rfi-answer.js';

/** An answer as the `respond` route spells it (docs/gateway.md, Requests for information). */
@Named('RfiResponseAnswerDto')
export class RfiResponseAnswerDto implements RfiAnswer {
  @Wire('rfi_doc_id')
  @IsGlomopayId('rfiDocument')
  rfiDocId!: string;

  @Wire('doc_id')
  @IsGlomopayId('document')
  documentId!: string;
}

/** Body of that route. */
@Named('RfiResponseDto')
export class RfiResponseDto {
  @Wire('documents', () => RfiResponseAnswerDto, { list: true })
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  documents!: RfiResponseAnswerDto[];
}
