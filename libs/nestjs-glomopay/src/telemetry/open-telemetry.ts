import type * as OpenTelemetryApi from '@opentelemetry/api';

/** The optional peer `@opentelemetry/api`. */
export type OpenTelemetry = typeof OpenTelemetryApi;

/** Where an SDK of the API's first major version leaves itself for every copy of the API. */
const REGISTERED = Symbol.for('opentelemetry.js.api.1');

/**
 * The OpenTelemetry API where it is installed. Imported when the application starts, because a
 * static import would make it required; whatever keeps it from loading, the payments go on without.
 * Without an SDK it is not even looked for: loading it is a good part of the time to start.
 */
export async function loadOpenTelemetry(): Promise<OpenTelemetry | undefined> {
  if (!Reflect.has(globalThis, REGISTERED)) return undefined;
  try {
    return await import('@opentelemetry/api');
  } catch {
    return undefined;
  }
}
