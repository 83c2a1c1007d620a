import { ownContext } from './own-context.js';

/** Taken when the library is loaded, so it is nobody's: no request, no transaction, no span. */
const nobodys = ownContext();

/**
 * Runs work in an async context that is nobody's, and that nobody else gets: what serves many callers
 * must not run as one of them, and what it enters there (`enterWith`) ends with it.
 */
export function neutrally<T>(work: () => T | Promise<T>): Promise<T> {
  // In a reaction of its own: before Node 24 `enterWith` would otherwise stay in the shared context.
  return nobodys(() => Promise.resolve().then(work));
}
