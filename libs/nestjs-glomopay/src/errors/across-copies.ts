/** Where an object of ours names its classes, its own first; what another copy goes by. */
export const CLASSES = Symbol.for('nestjs-glomopay:classes');

/** Names of a class and of those it extends. */
export function classNames(type: unknown): readonly string[] {
  return typeof type === 'function' && type !== Function.prototype
    ? [type.name, ...classNames(Object.getPrototypeOf(type))]
    : [];
}

/**
 * `instanceof` for a class of which a process may have two: one of the ESM and one of the CommonJS
 * build. Only our own names count; a host's subclasses may well share a name.
 */
export function isInstanceAcrossCopies(type: Function, value: unknown): boolean {
  if (Function.prototype[Symbol.hasInstance].call(type, value)) return true;
  return /^Glomopay[A-Za-z]+$/.test(type.name) && namesItself(value, type.name);
}

/** Whether a value was made by the class of this name in another copy: its content is out of reach. */
export function isOfAnotherCopy(type: Function, value: unknown): boolean {
  return !(value instanceof type) && namesItself(value, type.name);
}

function namesItself(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const names: unknown = Reflect.get(value, CLASSES);
  return Array.isArray(names) && names.includes(name);
}
