/** What clients and pools of database libraries are: `EventEmitter`s, of whatever make. */
export interface Emitter {
  on(event: string, listener: (subject: unknown) => void): unknown;
  removeListener(event: string, listener: (subject: unknown) => void): unknown;
}

/** Tells one from what a library gives instead. */
export function isEmitter(value: unknown): value is Emitter {
  const members = [memberOf(value, 'on'), memberOf(value, 'removeListener')];
  return members.every((member) => typeof member === 'function');
}

/** A member that may be there or not. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** Calls a method that may be there or not. */
export function callIn(value: unknown, name: string, ...params: readonly unknown[]): unknown {
  const method = memberOf(value, name);
  return typeof method === 'function' ? Reflect.apply(method, value, params) : undefined;
}
