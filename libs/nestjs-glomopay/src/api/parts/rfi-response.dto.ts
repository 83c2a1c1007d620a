import { ArrayNotEmpty, IsArray, ValidateNested } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import { IsGlomopayId } from '../../wire/rules.js';
import { toWire } from '../../wire/to-wire.js';
import { Wire } from '../../wire/wire.decorator.js';
import type { RfiAnswer } from './rfi-answer.js';

/** An answer as the `respond` route spells it (docs/gateway.md, Requests for information). */
@Named('RfiResponseAnswerDto')
class RfiResponseAnswerDto implements RfiAnswer {
  @Wire('rfi_doc_id')
  @IsGlomopayId('rfiDocument')
  rfiDocId!: string;

  @Wire('doc_id')
  @IsGlomopayId('document')
  documentId!: string;
}

/** Body of that route. */
@Named('RfiResponseDto')
class RfiResponseDto {
  @Wire('documents', () => RfiResponseAnswerDto, { list: true })
  @IsArray()
  @ArrayNotEmpty()
  @ValidateNested({ each: true })
  documents!: RfiResponseAnswerDto[];
}

/**
 * The body that answers a request for information.
 *
 * @throws {GlomopayValidationError} the answers break a rule.
 */
export function rfiResponse(answers: readonly RfiAnswer[]): Record<string, unknown> {
  return toWire(RfiResponseDto, 'answers to a request for information', { documents: answers });
}
