import { ArrayNotEmpty, IsArray, ValidateNested } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import { IsGlomopayId } from '../../wire/rules.js';
import { Wire } from '../../wire/wire.decorator.js';

/** A document that was uploaded, and the requirement it satisfies. */
export interface RfiAnswer {
  /** The requirement: `rfiDocId` of the object that waits. */
  readonly rfiDocId: IdText<'rfiDocument'>;
  /** What `documents.upload` gave. */
  readonly documentId: IdText<'document'>;
}

/** An answer as the `update_rfi` and `update-rfi` routes spell it (docs/gateway.md, Refunds). */
@Named('RfiAnswerDto')
export class RfiAnswerDto implements RfiAnswer {
  @Wire('rfi_doc_id')
  @IsGlomopayId('rfiDocument')
  rfiDocId!: string;

  @Wire('id')
  @IsGlomopayId('document')
  documentId!: string;
}

/** Body of those routes. */
@Named('SubmitRfiDto')
export class SubmitRfiDto {
  @Wire('documents', () => RfiAnswerDto, { list: true })
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  documents!: RfiAnswerDto[];
}
