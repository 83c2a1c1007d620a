import { ArrayNotEmpty, IsArray, ValidateNested } from 'class-validator';
import { Named } from '../../errors/named.decorator.js';
import type { IdText } from '../../values/ids.js';
import { IsGlomopayId } from '../../wire/rules.js';
import { toWire } from '../../wire/to-wire.js';
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

/**
 * The change that hands answers in at the object itself, which is in `action_required` until it has them.
 *
 * @param action The route, as the object's own spells it.
 * @throws {GlomopayValidationError} the answers break a rule.
 */
export function handingIn(action: 'update-rfi' | 'update_rfi', answers: readonly RfiAnswer[]) {
  return {
    action,
    body: toWire(SubmitRfiDto, 'answers to a request for information', { documents: answers }),
    reached: ({ status }: { readonly status: string }) => status !== 'action_required',
  };
}
