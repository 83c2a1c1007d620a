import { instantMs } from '../../values/calendar.js';

/** A time of the gateway; undefined where it says none, or nothing that can be read. */
export function dateOf(text: string | null): Date | undefined {
  const ms = instantMs(text);
  return ms === undefined ? undefined : new Date(ms);
}
