import type { SandboxAccount } from './account.js';
import { GatewayError } from './http/gateway-error.js';

/** @throws {GatewayError} 422 when a note that the account requires is missing or blank. */
export function assertRequiredNotes(
  notes: Readonly<Record<string, string>> | null,
  { requiredNotes }: SandboxAccount,
): void {
  const sent = new Map(Object.entries(notes ?? {}));
  const missing = requiredNotes.find((name) => !sent.get(name)?.trim());
  if (missing !== undefined) {
    throw GatewayError.unprocessable(`Validation failed: Notes ${missing} is required`);
  }
}
