import type { TrackingStore } from '../store/tracking-store.js';
import { InProcessEngine } from './in-process-engine.js';
import type { WorkEngine } from './work-engine.js';

const engines = new WeakMap<TrackingStore, InProcessEngine>();

/** The engine of registrations that name none: one for all accounts of a store. */
export function defaultEngine(store: TrackingStore): WorkEngine {
  const known = engines.get(store) ?? new InProcessEngine();
  engines.set(store, known);
  return known;
}
