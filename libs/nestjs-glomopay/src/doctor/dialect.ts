import type { TablePlace } from '../tracking/store/sql/table-place.js';
import type { ExaminableTables } from '../tracking/store/sql/tables-report.js';
import type { PartitionWish } from './partition-wishes.js';

/** A store whose tables can be looked at and made. */
export interface OwnTables extends ExaminableTables {
  migrate(): Promise<void>;
  close(): Promise<void>;
}

/** A store that the program has opened itself. */
export interface OpenedTables {
  readonly store: OwnTables;
  /** Makes the schema, where there are schemas. */
  createSchema?(): Promise<void>;
  close(): Promise<void>;
}

/** A database whose tables a DBA makes. A further one is a further row in `dialects`. */
export interface Dialect {
  /** What addresses of it begin with. */
  readonly schemes: readonly string[];
  readonly example: string;
  /** The SQL that brings the tables of a version, 0 for none, to this one. */
  statements(from: number, place: TablePlace): readonly string[];
  /** Undefined where there are no schemas. */
  createSchema?(schema: string): string;
  /**
   * The SQL that makes the tables from nothing, each statement by itself; undefined where
   * {@link statements} are such.
   */
  oneByOne?(place: TablePlace): readonly string[];
  /** The SQL that partitions the tables of this version which grow; undefined where they cannot be. */
  partitions?(wish: PartitionWish, place: TablePlace): readonly string[];
  /** What the roles need; empty where there are none. */
  grants(place: TablePlace): readonly string[];
  /**
   * @param mayCreate Whether a database that is not there may be made.
   * @throws {UnusableHostError} the driver is not installed, or there is no such database.
   */
  open(url: string, place: TablePlace, mayCreate: boolean): Promise<OpenedTables>;
}
