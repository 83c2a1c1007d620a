import { isOutcome } from '../tracking/movements/closing.js';
import { isStray } from '../tracking/movements/stray.js';
import type { TrackedRecord, TrackedResolution } from '../tracking/store/tracked-record.js';
import { resolutions } from '../tracking/store/tracked-row.js';
import { whoLooksNext } from '../tracking/store/who-looks-next.js';

/**
 * How a person may close a record, by what stands in it; none where nobody has to look. Whether another
 * record has paid the same order is known only when it is tried: then `succeeded` is refused.
 */
export function mayCloseAs(record: TrackedRecord): readonly TrackedResolution[] {
  if (whoLooksNext(record) !== 'person') return [];
  const isTold = isOutcome(record.state);
  return resolutions.filter((as) => !isOutcome(as) || !(isTold || isStray(record)));
}
