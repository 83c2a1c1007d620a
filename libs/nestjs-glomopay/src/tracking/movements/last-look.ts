import type { TrackedRecord } from '../store/tracked-record.js';

/** Asked before a record ends for which the gateway has had nothing for a long time. */
export abstract class LastLook {
  /**
   * Whether the money has moved all the same, by an object of the gateway that does not name the record.
   *
   * @throws {GlomopayError} the gateway did not answer.
   */
  abstract isPaidOtherwise(record: TrackedRecord): Promise<boolean>;
}
