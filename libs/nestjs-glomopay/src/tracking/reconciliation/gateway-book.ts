import type { RequestOptions } from '../../http/request-options.js';
import type { ListFilterInput } from '../../wire/list-filter.js';
import type { Page } from '../../wire/page.js';
import type { Sighting } from '../movements/movement.js';
import type { TrackedIntent, TrackedKind, TrackedRecord } from '../store/tracked-record.js';
import type { BookEntry } from './reconciliation-finding.js';
import type { ReconciliationOptions } from './reconciliation-options.js';

/** What an object of the gateway says that it can be found and compared by. */
export interface BookObject extends BookEntry {
  readonly id: string;
  readonly createdAt: Date | undefined;
  /** The gateway may or may not echo it. */
  readonly requestId: string | undefined;
}

/** An intent that the host has vouched for, for an object of which no record is known. */
export type Vouched = TrackedIntent | 'foreign' | undefined;

/** One of the gateway's lists, as the other side of the books. */
export interface GatewayBook<T> {
  /** The kind of record that such an object has when nobody says otherwise. */
  readonly kind: TrackedKind;
  /** The kinds of record that name such objects. */
  readonly kinds: readonly TrackedKind[];
  list(filter: ListFilterInput, options: RequestOptions): Promise<Page<T>>;
  /** Undefined: the gateway does not have it. */
  get(id: string, options: RequestOptions): Promise<T | undefined>;
  objectOf(item: T): BookObject;
  /** What the object says of a record; undefined where it takes a look of its own to tell. */
  sighting(item: T, record: TrackedRecord): Sighting | undefined;
  /** Whether an object of which no record is known concerns us. */
  isOurs(item: T, family: readonly TrackedRecord[]): boolean;
  /** What the host expected of such an object, by its own books. */
  expected(item: T, options: Pick<ReconciliationOptions, 'expectationOf'>): Promise<Vouched>;
  /** Whether the gateway has the object under a `request_id`. */
  isUnder(item: T, requestId: string, options: RequestOptions): Promise<boolean>;
  /** Gives a person a record to look at, where the money has moved and no record can be its own. */
  report(item: T, options: RequestOptions): Promise<TrackedRecord | undefined>;
}
