import { looseText, type CheckedReader } from './readers.js';
import { WireObject, type WireReader } from './wire-object.js';

/**
 * One member of an object: its name on the wire, how an answer of the gateway is read (which may
 * fail), and how the same member is read from an event (which never fails).
 */
export interface Member<T, Loose = T> {
  readonly name: string;
  readonly strict: WireReader<T>;
  readonly loose: WireReader<Loose>;
  /** Its other name on the wire, asked for where an object has nothing under the first. */
  readonly otherName?: string | undefined;
}

type Members = Readonly<Record<string, Member<unknown, unknown>>>;

/** The whole object, beside its members. */
interface Raw {
  /** The whole object as the gateway sent it, unknown members included. */
  readonly raw: Readonly<Record<string, unknown>>;
}

type StrictValues<M extends Members> = Raw & {
  readonly [Name in keyof M]: M[Name] extends Member<infer T, unknown> ? T : never;
};

type LooseValues<M extends Members> = Raw & {
  readonly [Name in keyof M]: M[Name] extends Member<unknown, infer T> ? T : never;
};

/** How an object of the gateway is read. */
export interface Shape<M extends Members> {
  /**
   * Reads an answer.
   *
   * @throws {GlomopayResponseMalformedError} a member that must be there is missing or odd.
   */
  readonly decode: (body: unknown) => StrictValues<M>;
  /** Reads the object of an event. Never fails: nobody decides by it, so an odd member is null. */
  readonly snapshot: (object: WireObject) => LooseValues<M>;
}

/** What an answer is read into. */
export type ObjectOf<S> = S extends Shape<infer M> ? StrictValues<M> : never;

/** What the object of an event is read into. */
export type SnapshotOf<S> = S extends Shape<infer M> ? LooseValues<M> : never;

/** A member that is decided by: an answer in which it is missing or odd is refused. */
export function must<T, L>(name: string, reader: CheckedReader<T, L>): Member<T, L> {
  return { name, strict: reader, loose: reader.loose };
}

/** A text that nobody decides by: null when it is missing or odd. */
export function may(name: string): Member<string | null>;
/**
 * A member of another kind, read by a reader that does not fail.
 *
 * @param otherName the other of its two names on the wire, where the gateway's documents disagree.
 */
export function may<T>(name: string, reader: WireReader<T>, otherName?: string): Member<T>;
export function may(
  name: string,
  reader: WireReader<unknown> = looseText,
  otherName?: string,
): Member<unknown> {
  return { name, strict: reader, loose: reader, otherName };
}

/**
 * Makes the readers of an object from the table of its members. The table is the only place where a
 * member is named: its type comes from its reader, its documentation stands beside it.
 */
export function shape<M extends Members>(path: string, members: M): Shape<M> {
  const find = finder(
    Object.values(members).flatMap(({ name, otherName = name }) => [name, otherName]),
  );
  const table = Object.entries(members).map(([key, { name, strict, loose, otherName = name }]) => ({
    key,
    place: find.placeOf(name),
    otherPlace: find.placeOf(otherName),
    at: `${path}.${name}`,
    strict,
    loose,
  }));
  // A copy has room for every member at once; an object that grows member by member costs far more.
  const blank = Object.fromEntries(
    [...table.map(({ key }) => key), 'raw'].map((key) => [key, null]),
  );
  return {
    decode: (body) => {
      const { raw } = new WireObject(path, body);
      const found = find.in(raw);
      const values: Record<string, unknown> = { ...blank, raw };
      for (const { key, place, otherPlace, at, strict } of table) {
        values[key] = strict(found[place] ?? found[otherPlace], at);
      }
      return values as StrictValues<M>;
    },
    snapshot: ({ raw }) => {
      const found = find.in(raw);
      const values: Record<string, unknown> = { ...blank, raw };
      for (const { key, place, otherPlace, at, loose } of table) {
        values[key] = loose(found[place] ?? found[otherPlace], at);
      }
      return values as LooseValues<M>;
    },
  };
}

/**
 * Finds the own members of an object by their names on the wire, in one pass over the object: to look up
 * one name after the other in objects of ever other members costs twice as much.
 */
function finder(names: readonly string[]) {
  const places = new Map([...new Set(names)].map((name, place) => [name, place]));
  const none: readonly unknown[] = [...places].map(() => undefined);
  return {
    placeOf: (name: string): number => places.get(name) ?? -1,
    in: (raw: Raw['raw']): readonly unknown[] => {
      const found = none.slice();
      for (const name in raw) {
        // Called so, it costs nothing in this loop; `Object.hasOwn` costs more than the rest.
        if (!hasOwn.call(raw, name)) continue;
        const place = places.get(name);
        if (place !== undefined) found[place] = raw[name];
      }
      return found;
    },
  };
}

const hasOwn = Object.prototype.hasOwnProperty;
