import type { TrackedKind, TrackedRecord } from '../store/tracked-record.js';

/** Asked before a record ends for which the gateway has had nothing for a long time. */
export abstract class LastLook {
  /**
   * Whether the money has moved all the same, by an object of the gateway that does not name the record.
   *
   * @throws {GlomopayError} the gateway did not answer.
   */
  abstract isPaidOtherwise(record: TrackedRecord): Promise<boolean>;
}

/** The last look of each kind; a kind without one has no other object that it could be. */
export class LastLooks extends LastLook {
  readonly #looks: Readonly<Partial<Record<TrackedKind, LastLook>>>;

  constructor(looks: Readonly<Partial<Record<TrackedKind, LastLook>>>) {
    super();
    this.#looks = looks;
  }

  override async isPaidOtherwise(record: TrackedRecord): Promise<boolean> {
    return (await this.#looks[record.kind]?.isPaidOtherwise(record)) ?? false;
  }
}
