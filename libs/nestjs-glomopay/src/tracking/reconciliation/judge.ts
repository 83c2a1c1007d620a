import type { RequestOptions } from '../../http/request-options.js';
import type { Sighting } from '../movements/movement.js';
import { isSettled, type TrackedIntent, type TrackedRecord } from '../store/tracked-record.js';
import { bookDifference } from './book-difference.js';
import type { ReconciliationParts } from './reconciliation-parts.js';
import type { GatewayBook } from './gateway-book.js';
import { findingOf } from './finding-of.js';
import type { FindingKind, ReconciliationFinding } from './reconciliation-finding.js';
import type { ReconciliationPlan } from './reconciliation-options.js';

type Verdict = ReconciliationFinding | undefined | 'foreign';

/** Compares single records with single objects, and mends what it may. */
export class Judge<T> {
  readonly #book: GatewayBook<T>;
  readonly #plan: ReconciliationPlan;
  readonly #parts: ReconciliationParts;
  readonly #options: RequestOptions;

  constructor(book: GatewayBook<T>, plan: ReconciliationPlan, parts: ReconciliationParts) {
    this.#book = book;
    this.#plan = plan;
    this.#parts = parts;
    this.#options = { signal: plan.signal };
  }

  /** A record and its object. */
  async pair(record: TrackedRecord, item: T): Promise<ReconciliationFinding | undefined> {
    const sighting = await this.#sighting(record, item);
    const kind = sighting && bookDifference(record, sighting);
    if (sighting === undefined || kind === undefined) return undefined;
    // A second settlement of an outcome that stands has nothing to say of amounts.
    const isMendable = kind === 'status' || !isSettled(record.state);
    return this.#differing(kind, record, item, sighting, isMendable);
  }

  /** A record whose object no list has had. */
  async lone(record: TrackedRecord, objectId: string): Promise<ReconciliationFinding | undefined> {
    const item = await this.#book.get(objectId, this.#options);
    if (item !== undefined) return this.pair(record, item);
    if (record.resolution !== null) return undefined;
    return findingOf('missing_there', this.#book.kind, record, undefined, record);
  }

  /** An object that no record names. */
  async stranger(item: T): Promise<Verdict> {
    const object = this.#book.objectOf(item);
    const family = await this.#familyOf(item);
    const claimed = await this.#claimed(item, family);
    if (claimed !== undefined) return claimed;
    const vouched = await this.#book.expected(item, this.#plan);
    if (vouched === 'foreign') return 'foreign';
    if (vouched === undefined && !this.#book.isOurs(item, family)) return 'foreign';
    const after = this.#plan.repair ? await this.#takenIn(item, vouched, family) : undefined;
    const sighting = after && (await this.#sighting(after, item));
    const repaired =
      after !== undefined && sighting !== undefined && isMended(after, sighting, object.id);
    return findingOf('missing_here', this.#book.kind, undefined, object, after, repaired);
  }

  /**
   * Gives an object a record. While a request of the same subject is under way the object may be its own:
   * then only the `request_id` can tell.
   */
  async #takenIn(
    item: T,
    vouched: TrackedIntent | undefined,
    family: readonly TrackedRecord[],
  ): Promise<TrackedRecord | undefined> {
    const { mender } = this.#parts;
    if (vouched === undefined) return mender.report(this.#book, item, this.#options);
    const isNamed = vouched.requestId !== this.#book.objectOf(item).id;
    const isUnderWay = family.some((one) => one.objectId === null && one.state === 'created');
    if (isUnderWay && !isNamed) return undefined;
    return mender.adopt(this.#book, item, vouched, this.#options);
  }

  /** A record without an object whose answer got lost, and which it turns out to belong to. */
  async #claimed(
    item: T,
    family: readonly TrackedRecord[],
  ): Promise<ReconciliationFinding | undefined> {
    const object = this.#book.objectOf(item);
    for (const record of family.filter((one) => one.objectId === null)) {
      if (object.requestId !== undefined && object.requestId !== record.requestId) continue;
      const seen = await this.#parts.movements.of(record.kind).look(record, this.#options);
      const own = seen.find(({ objectId }) => objectId === object.id);
      if (own !== undefined) return this.#differing('status', record, item, own, true);
    }
    return undefined;
  }

  async #differing(
    kind: FindingKind,
    record: TrackedRecord,
    item: T,
    sighting: Sighting,
    isMendable: boolean,
  ): Promise<ReconciliationFinding> {
    const after =
      this.#plan.repair && isMendable
        ? await this.#parts.mender.settle(record, this.#options)
        : record;
    const object = this.#book.objectOf(item);
    const repaired = isMended(after, sighting, object.id);
    return findingOf(kind, record.kind, record, object, after, repaired);
  }

  async #sighting(record: TrackedRecord, item: T): Promise<Sighting | undefined> {
    const own = this.#book.sighting(item, record);
    if (own !== undefined) return own;
    if (!this.#parts.movements.has(record.kind)) return undefined;
    return (await this.#parts.movements.of(record.kind).look(record, this.#options))[0];
  }

  /** The records that are about the same, and the one under the `request_id` where that is echoed. */
  async #familyOf(item: T): Promise<readonly TrackedRecord[]> {
    const { account, store, movements } = this.#parts;
    const { subjectId, requestId } = this.#book.objectOf(item);
    const isOfKind = ({ kind }: TrackedRecord) =>
      this.#book.kinds.includes(kind) && movements.has(kind);
    const about = subjectId === null ? [] : await store.findBySubject(account, subjectId);
    const key = { account, kind: this.#book.kind, requestId: requestId ?? '' };
    const named = requestId === undefined ? undefined : await store.find(key);
    const others = about.filter(isOfKind).filter((one) => one.requestId !== named?.requestId);
    return named === undefined ? others : [named, ...others];
  }
}

/** Whether the record names the object, says what it says, and waits for nobody. */
function isMended(after: TrackedRecord, sighting: Sighting, objectId: string): boolean {
  return after.objectId === objectId && bookDifference(after, sighting) === undefined;
}
