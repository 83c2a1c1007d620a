import { ownContext } from './own-context.js';
import { stayingOn } from './stay.js';

/** Taken when the library is loaded, so it belongs to no request, no transaction and no span. */
const neutral = ownContext();

/**
 * Runs work in an async context that belongs to no caller and is shared with none: what serves many callers
 * must not run as one of them, and what it enters there (`enterWith`) ends with it. Of its caller it knows
 * one thing, which is ours: for which account it works.
 */
export function neutrally<T>(work: () => T | Promise<T>): Promise<T> {
  const there = stayingOn<T | Promise<T>>();
  // In a reaction of its own: before Node 24 `enterWith` would otherwise stay in the shared context.
  return neutral(() => Promise.resolve().then(() => there(work)));
}
