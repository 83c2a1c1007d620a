import { markMethod, methodMark } from '../config/method-marks.js';

/** What a handler's decorator takes beside what it listens to. */
export interface HandlerOptions {
  /**
   * What the handler is called, wherever it moves: 1 to 128 visible characters, one handler of an
   * account each. @defaultValue `Class.method`
   */
  readonly name?: string;
}

const VISIBLE = /^[\p{L}\p{M}\p{N}\p{P}\p{S}]{1,128}$/u;

/** Keeps a name that was given to a method. */
export function markName(
  mark: symbol,
  name: string,
  prototype: object,
  method: string | symbol,
  descriptor?: PropertyDescriptor,
): void {
  const names = [...new Set([...namesOf(mark, prototype, method), name])];
  markMethod(mark, names, prototype, method, descriptor);
}

/** The names that were given to a method: none or one, unless its decorators contradict each other. */
export function namesOf(
  mark: symbol,
  prototype: object,
  method: string | symbol,
): readonly string[] {
  const names = methodMark(mark, prototype, method);
  return Array.isArray(names) ? names : [];
}

/** Whether a text can be the name of a handler. */
export function isHandlerName(name: unknown): boolean {
  return typeof name === 'string' && VISIBLE.test(name);
}
