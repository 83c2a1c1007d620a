import type { ModulesContainer } from '@nestjs/core';
import { oncePerApplication } from './handlers/once-per-application.js';
import type { TrackingStore } from './store/tracking-store.js';

const migrationsOf = oncePerApplication(() => new WeakMap<TrackingStore, Promise<void>>());

/** Makes or updates a store's tables, once for all accounts of an application that share the store. */
export function migrateOnce(modules: ModulesContainer, store: TrackingStore): Promise<void> {
  const migrations = migrationsOf(modules);
  const migration = migrations.get(store) ?? store.migrate();
  migrations.set(store, migration);
  return migration;
}
