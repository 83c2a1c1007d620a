import { GlomopayResponseMalformedError } from '../errors/response-malformed.error.js';
import { isId, type IdKind, type IdOf, type IdText } from '../values/ids.js';
import { isObject } from '../values/is-object.js';
import { ownMembers, type OwnMembers } from './own-members.js';
import type { LooseReader, WireReader } from './wire-object.js';

/** A reader that refuses what it does not expect, and its twin that gives null instead. */
export interface CheckedReader<T, Loose> extends WireReader<T> {
  /** The same for an object that nobody decides by. */
  readonly loose: WireReader<Loose>;
}

/** Makes such a reader of the two. */
export function checked<T, Loose>(
  reader: WireReader<T>,
  loose: WireReader<Loose>,
): CheckedReader<T, Loose> {
  return Object.assign<WireReader<T>, { readonly loose: WireReader<Loose> }>(reader, { loose });
}

/*
 * The readers below are for members that decide nothing. The gateway's documents disagree about
 * them, so an unexpected type is absent rather than fatal; the member itself is under `raw`.
 */

/** A text, or null. */
export const looseText: LooseReader<string | null> = (value) =>
  typeof value === 'string' ? value : null;

/** A safe integer, or null. */
export const looseInteger: LooseReader<number | null> = (value) =>
  Number.isSafeInteger(value) ? (value as number) : null;

/** True or false, or null. */
export const looseBoolean: LooseReader<boolean | null> = (value) =>
  typeof value === 'boolean' ? value : null;

/** What stands in the place of an identifier of the kind, as the gateway wrote it; or null. */
export function looseId<K extends IdKind>(): LooseReader<IdText<K> | null> {
  return looseText;
}

/** A number, whole or not, or null. */
export const looseNumber: LooseReader<number | null> = (value) =>
  typeof value === 'number' && Number.isFinite(value) ? value : null;

const DECIMAL = /^\d+(?:\.\d+)?$/;

/**
 * A decimal as a text, whether it came as a text or as a number, or null: a rate, which is to be shown and
 * never to be reckoned with.
 */
export const looseDecimal: LooseReader<string | null> = (value) => {
  const decimal = typeof value === 'number' ? String(value) : value;
  return typeof decimal === 'string' && DECIMAL.test(decimal) ? decimal : null;
};

/** Texts; one text alone counts as a list of one, as published samples show. */
export const looseTexts: LooseReader<readonly string[]> = (value) =>
  (Array.isArray(value) ? value : [value]).filter((entry) => typeof entry === 'string');

/** String keys to string values, untouched, without a prototype; or null. */
export const notes: LooseReader<Readonly<Record<string, string>> | null> = (value) => {
  if (!isObject(value)) return null;
  const copy: Record<string, string> = Object.create(null);
  for (const key of Object.keys(value)) {
    const entry = value[key];
    if (typeof entry === 'string') copy[key] = entry;
  }
  return copy;
};

/** An object read member by member, or null when there is none. */
export function looseObject<T>(decode: (members: OwnMembers) => T): LooseReader<T | null> {
  return (value) => (isObject(value) ? decode(ownMembers(value)) : null);
}

/** The objects of a list, each read member by member; one object alone is a list of one. */
export function looseObjects<T>(decode: (members: OwnMembers) => T): LooseReader<readonly T[]> {
  const decodeOwn = (object: OwnMembers) => decode(ownMembers(object));
  // As long as the list that is given: one that grows from nothing has room for sixteen from the first.
  return (value) => objectsIn(value).map(decodeOwn);
}

function objectsIn(value: unknown): readonly OwnMembers[] {
  if (!Array.isArray(value)) return isObject(value) ? [value] : [];
  return value.every(isObject) ? value : value.filter(isObject);
}

/* The readers below are for members that are decided by. */

/** A text that must be there. */
export const text = checked<string, string | null>((value, path) => {
  if (typeof value === 'string') return value;
  throw new GlomopayResponseMalformedError(path, 'a text');
}, looseText);

/** An amount in minor units: a safe integer, never a float, a numeric text or a rounded giant. */
export const minorUnits = checked<number, number | null>((value, path) => {
  if (Number.isSafeInteger(value)) return value as number;
  throw new GlomopayResponseMalformedError(path, 'a whole number of minor units');
}, looseInteger);

/** True only where the gateway says so. A snapshot knows null as well: nothing was said. */
export const onlyTrue = checked<boolean, boolean | null>((value) => value === true, looseBoolean);

/** An identifier of the kind. */
export function id<K extends IdKind>(kind: K): CheckedReader<IdOf<K>, IdText<K> | null> {
  return checked((value, path) => {
    if (isId(kind, value)) return value;
    throw new GlomopayResponseMalformedError(path, `the id of a ${kind}`);
  }, looseId<K>());
}

/** Absent and null become null; anything else is read. */
export function nullable<T, Loose>(
  reader: CheckedReader<T, Loose>,
): CheckedReader<T | null, Loose> {
  return checked(
    (value, path) => (value === undefined || value === null ? null : reader(value, path)),
    reader.loose,
  );
}

/**
 * A text of which some are known, so that an editor offers them: `openText<OrderStatus>()`.
 *
 * @param older words of an older description of the gateway, and what they are called today.
 */
export function openText<T extends string>(
  older?: Readonly<Record<string, T>>,
): CheckedReader<T, T | null> {
  if (older === undefined) return text as CheckedReader<T, T | null>;
  const today = (word: string): T =>
    (Object.hasOwn(older, word) ? older[word] : undefined) ?? (word as T);
  return checked(
    (value, path) => today(text(value, path)),
    (value) => (typeof value === 'string' ? today(value) : null),
  );
}

/** A list of which every item is read; one that cannot be read is fatal. */
export function listOf<T>(decode: (item: unknown) => T): WireReader<readonly T[]> {
  return (value, path) => {
    if (Array.isArray(value)) return value.map(decode);
    throw new GlomopayResponseMalformedError(path, 'a list');
  };
}
