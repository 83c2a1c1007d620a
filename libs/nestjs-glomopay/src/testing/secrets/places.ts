import { inspect } from 'node:util';

/** Something of a value that can be searched, and where in the value it is. */
export type Place = readonly [where: string, text: string | Uint8Array];

/** More objects than a log or an answer has; past it a search would only seem complete. */
const MAX_OBJECTS = 200_000;
const deep = { depth: 12, maxArrayLength: null, maxStringLength: null, breakLength: 120 } as const;

/**
 * Every place of a value where a secret can be: each text, name, number and buffer that can be reached
 * from it (hidden members, symbols, causes, maps, headers), and the whole as a console and as JSON
 * show it, because objects print other things than they hold.
 *
 * @throws {RangeError} more than 200,000 objects can be reached.
 */
export function* places(value: unknown): Generator<Place> {
  yield* reachable(value);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return;
  yield ['(inspected)', attempted(() => inspect(value, deep))];
  yield [
    '(inspected, hidden members)',
    attempted(() => inspect(value, { ...deep, showHidden: true })),
  ];
  yield ['(as JSON)', attempted(() => JSON.stringify(value))];
  yield ['(as text)', attempted(() => String(value))];
}

function* reachable(root: unknown): Generator<Place> {
  const seen = new Set<object>();
  const waiting: (readonly [where: string, value: unknown])[] = [['value', root]];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const [where, value] = next;
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) {
      yield [where, String(value)];
    } else if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) {
      yield [where, bytesOf(value)];
    } else if (!seen.has(value)) {
      seen.add(value);
      if (seen.size > MAX_OBJECTS)
        throw new RangeError('There is more in the value than is searched');
      for (const [name, member] of membersOf(value)) {
        yield [`the name of a member of ${where}`, name];
        waiting.push([`${where}.${name}`, member]);
      }
    }
  }
}

/** Own members by name, without running a getter; the entries of a map and a set. */
function membersOf(value: object): readonly (readonly [name: string, member: unknown])[] {
  const own = Reflect.ownKeys(value).map((key): [string, unknown] => [
    String(key),
    Object.getOwnPropertyDescriptor(value, key)?.value,
  ]);
  if (value instanceof Map) {
    return [
      ...own,
      ...[...value].flatMap(([key, entry], at) => [
        [`key ${at}`, key] as const,
        [`entry ${at}`, entry] as const,
      ]),
    ];
  }
  if (value instanceof Set)
    return [...own, ...[...value].map((entry, at) => [`entry ${at}`, entry] as const)];
  return own;
}

function bytesOf(value: ArrayBufferView | ArrayBuffer): Uint8Array {
  return ArrayBuffer.isView(value)
    ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    : new Uint8Array(value);
}

/** What cannot be printed shows nothing either; its members were searched. */
function attempted(print: () => string | undefined): string {
  try {
    return print() ?? '';
  } catch {
    return '';
  }
}
