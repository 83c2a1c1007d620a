import type * as OpenTelemetryApi from '@opentelemetry/api';

/** The optional peer `@opentelemetry/api`. */
export type OpenTelemetry = typeof OpenTelemetryApi;

/**
 * The OpenTelemetry API where it is installed. Imported when the application starts, because a
 * static import would make it required; whatever keeps it from loading, the payments go on without.
 */
export async function loadOpenTelemetry(): Promise<OpenTelemetry | undefined> {
  try {
    return await import('@opentelemetry/api');
  } catch {
    return undefined;
  }
}
