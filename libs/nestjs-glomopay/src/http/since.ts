/** By how much the clocks of this machine and of the gateway may differ. */
const CLOCK_SKEW_MS = 60_000;

/** Since when to list what a call may have made: its start by our clock, less what clocks may differ by. */
export function since(startedAt: number): string {
  return new Date(startedAt - CLOCK_SKEW_MS).toISOString().replace(/\.\d+Z$/, 'Z');
}
