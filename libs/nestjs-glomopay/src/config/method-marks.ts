import 'reflect-metadata';

/**
 * Every class with a mark of any kind, whichever build of the library has made it. Of the some hundred
 * classes of an application few are ours to look at, and every start looks at all of them.
 */
const MARKED = Symbol.for('nestjs-glomopay:marked');
const shared = globalThis as { [MARKED]?: WeakSet<object> };
const markedClasses = (shared[MARKED] ??= new WeakSet());

/**
 * Leaves a mark of ours on a method: on the function, and on its class under the method's name. A
 * decorator above ours may put another function in its place (spans, caches, retries), and the mark
 * must not go with the old one.
 */
export function markMethod(
  mark: symbol,
  value: unknown,
  prototype: object,
  method: string | symbol,
  descriptor?: PropertyDescriptor,
): void {
  Reflect.defineMetadata(mark, value, prototype, method);
  markedClasses.add(prototype);
  const written: unknown = descriptor?.value;
  if (typeof written === 'function') Reflect.defineMetadata(mark, value, written);
}

/** Whether a class can have a marked method: by itself, by one that it extends, or a function given to it. */
export function mayHaveMark(mark: symbol, prototype: object): boolean {
  for (
    let place: unknown = prototype;
    isObject(place) && place !== Object.prototype;
    place = Object.getPrototypeOf(place)
  ) {
    if (markedClasses.has(place)) return true;
    for (const { value } of Object.values(Object.getOwnPropertyDescriptors(place))) {
      if (typeof value === 'function' && Reflect.hasOwnMetadata(mark, value)) return true;
    }
  }
  return false;
}

/**
 * The mark of a method, inherited with the method. A class that overrides the method has the marks
 * that it sets itself, and no others.
 */
export function methodMark(mark: symbol, prototype: object, method: string | symbol): unknown {
  const owner = ownerOf(prototype, method);
  return owner === undefined ? undefined : ownMark(mark, owner, method);
}

/** Whether a class overrides a marked method, and sets no mark of its own. */
export function hidesMark(mark: symbol, prototype: object, method: string | symbol): boolean {
  const owner = ownerOf(prototype, method);
  if (owner === undefined || ownMark(mark, owner, method) !== undefined) return false;
  const above: unknown = Object.getPrototypeOf(owner);
  return isObject(above) && methodMark(mark, above, method) !== undefined;
}

/** The names of all members of a class and of those that it inherits from, symbols included. */
export function membersOf(prototype: object): ReadonlySet<string | symbol> {
  const members = new Set<string | symbol>();
  for (
    let place: unknown = prototype;
    isObject(place) && place !== Object.prototype;
    place = Object.getPrototypeOf(place)
  ) {
    for (const member of Reflect.ownKeys(place)) members.add(member);
  }
  members.delete('constructor');
  return members;
}

function ownMark(mark: symbol, owner: object, method: string | symbol): unknown {
  const kept: unknown = Reflect.getOwnMetadata(mark, owner, method);
  if (kept !== undefined) return kept;
  const value: unknown = Reflect.getOwnPropertyDescriptor(owner, method)?.value;
  return typeof value === 'function' ? Reflect.getOwnMetadata(mark, value) : undefined;
}

/** The class, of this one and those it inherits from, that the method is written in. */
function ownerOf(prototype: object, method: string | symbol): object | undefined {
  let place: unknown = prototype;
  while (isObject(place)) {
    if (Object.hasOwn(place, method)) return place;
    place = Object.getPrototypeOf(place);
  }
  return undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
