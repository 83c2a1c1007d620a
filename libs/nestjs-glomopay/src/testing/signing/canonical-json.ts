import { isPlain } from '../../wire/plain-json.js';

/** More than any message of the gateway, and less than what a parser refuses. */
const MAX_DEPTH = 64;

/**
 * JSON as RFC 8785 wants it, which is how the gateway writes what it signs: members sorted by UTF-16
 * code units at every depth, no spaces, numbers and texts as ECMAScript writes them. Members that are
 * undefined are left out, as in `JSON.stringify`.
 *
 * @throws {TypeError} what JSON cannot hold: a number that is not finite or an unsafe integer, a
 *   lone surrogate, a cycle, anything with a class of its own.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH)
    throw new TypeError(`JSON nested deeper than ${MAX_DEPTH} levels, or a cycle`);
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'boolean':
      return String(value);
    case 'number':
      return numberText(value);
    case 'object':
      return value === null ? 'null' : composed(value, depth + 1);
    default:
      throw new TypeError(`A ${typeof value} is not JSON`);
  }
}

function composed(value: object, depth: number): string {
  if (Array.isArray(value)) {
    return `[${Array.from(value, (entry: unknown) => canonicalJson(entry, depth)).join(',')}]`;
  }
  if (!isPlain(value)) throw new TypeError('Only plain objects are JSON; write a date as a text');
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([name, member]) => `${quoted(name)}:${canonicalJson(member, depth)}`);
  return `{${members.join(',')}}`;
}

function quoted(text: string): string {
  if (/\p{Cs}/u.test(text)) throw new TypeError('A text with half a surrogate pair is not UTF-8');
  return JSON.stringify(text);
}

function numberText(value: number): string {
  const exact = Number.isInteger(value) ? Number.isSafeInteger(value) : Number.isFinite(value);
  if (!exact) throw new TypeError('A number in JSON is finite, and a whole one at most 2^53 - 1');
  return JSON.stringify(value);
}
