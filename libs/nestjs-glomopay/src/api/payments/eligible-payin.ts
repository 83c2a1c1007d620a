import type { IdText } from '../../values/ids.js';
import { listOf, looseInteger, openText } from '../../wire/readers.js';
import { may, must, shape, type ObjectOf } from '../../wire/shape.js';
import { WireObject } from '../../wire/wire-object.js';

/** Of all its members only the id is known to be there; what an answer holds is documented nowhere. */
const eligiblePayinShape = shape('eligible payin', {
  /** For `payments.connectPayin`. */
  id: must('id', openText<IdText<'order' | 'paymentLink'>>()),
  /** Minor units of `currency`, where the gateway tells. */
  amount: may('amount', looseInteger),
  currency: may('currency'),
  status: may('status'),
});

/** An order or a payment link that an unmatched transfer may have been meant for. */
export interface EligiblePayin extends ObjectOf<typeof eligiblePayinShape> {}

const eligiblePayins = listOf((item): EligiblePayin => eligiblePayinShape.decode(item));

/** Reads them as the list that is expected, and as one without an object around it. */
export function decodeEligiblePayins(body: unknown): readonly EligiblePayin[] {
  if (Array.isArray(body)) return eligiblePayins(body, 'eligible payins');
  return new WireObject('eligible payins', body).read('data', eligiblePayins);
}
