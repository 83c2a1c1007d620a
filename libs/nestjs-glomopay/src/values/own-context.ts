import { AsyncResource } from 'node:async_hooks';

/** Runs work in one async context, whoever calls. */
export type OwnContext = <T>(work: () => T) => T;

/**
 * Keeps the async context in which it is called. What serves many callers at once (a batch of writes,
 * a loop over events) must not run in that of whoever happened to come first: it would join that
 * caller's ambient transaction, and be seen as that caller's tenant, user and span.
 */
export function ownContext(): OwnContext {
  // What `AsyncLocalStorage.snapshot` does, without the function that it makes anew each time.
  const kept = new AsyncResource('GlomopayContext');
  return (work) => kept.runInAsyncScope(work);
}
