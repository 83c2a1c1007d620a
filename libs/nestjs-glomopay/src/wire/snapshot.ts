import { looseText } from './readers.js';
import type { WireObject, WireReader } from './wire-object.js';

/** One member of a snapshot: its name on the wire, and how it is read. */
export interface Member<T> {
  readonly name: string;
  readonly reader: WireReader<T>;
}

type Values<Members> = {
  readonly [Name in keyof Members]: Members[Name] extends Member<infer T> ? T : never;
};

/** Reads a snapshot; a member that is missing or odd never fails it. */
export interface SnapshotReader<Members> {
  (object: WireObject): Snapshot<Members>;
}

/** The members of a table, and the whole object as the gateway sent it. */
export type Snapshot<Members> = Values<Members> & {
  /** The whole object as the gateway sent it, unknown members included. */
  readonly raw: Readonly<Record<string, unknown>>;
};

/** What a reader of snapshots gives. */
export type SnapshotOf<Reader> =
  Reader extends SnapshotReader<infer Members> ? Snapshot<Members> : never;

/** A text. */
export function member(name: string): Member<string | null>;
/** A member of another kind, read by a loose reader. */
export function member<T>(name: string, reader: WireReader<T>): Member<T>;
export function member(name: string, reader: WireReader<unknown> = looseText): Member<unknown> {
  return { name, reader };
}

/**
 * Makes the reader of an object that decides nothing. The table is the only place where a member is
 * named: its type comes from its reader.
 */
export function snapshot<Members extends Record<string, Member<unknown>>>(
  members: Members,
): SnapshotReader<Members> {
  const table = Object.entries(members);
  // A copy has room for every member at once; an object that grows member by member costs far more.
  const blank = Object.fromEntries(['raw', ...table.map(([key]) => key)].map((key) => [key, null]));
  return (object) => {
    const values: Record<string, unknown> = { ...blank, raw: object.raw };
    for (const [key, { name, reader }] of table) {
      // The readers of a snapshot do not fail, so the whole path of a member is not made up.
      values[key] = reader(object.has(name) ? object.raw[name] : undefined, name);
    }
    return values as Snapshot<Members>;
  };
}
