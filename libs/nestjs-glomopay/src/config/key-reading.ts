import { cleanCause } from '../errors/clean-cause.js';
import type { CheckedKeys, KeyRules } from './key-rules.js';
import type { GlomopayKeySource } from './key-provider.js';

/** Usable keys, and what their source says of them. */
export interface KeyReading extends CheckedKeys {
  /** In milliseconds since the Unix epoch; `Infinity`: not known. */
  readonly expiresAt: number;
  /** For keys that are not among these; undefined: as configured. */
  readonly graceMs: number | undefined;
}

/** A reading that brought no usable keys. Its faults hold no value, nor a word that a source wrote. */
export class KeyReadingFault extends Error {
  readonly faults: readonly string[];
  /** The source gave nothing, which may be otherwise in a moment; else what it gave cannot be used. */
  readonly isUnanswered: boolean;

  constructor(faults: readonly string[], isUnanswered = false) {
    super(faults.join('; '));
    this.faults = faults;
    this.isUnanswered = isUnanswered;
  }
}

/** Where keys of an option are read, by which rules, and how long that may take. */
export interface KeyOrigin {
  readonly option: 'secretKey' | 'webhookSecret';
  readonly source: GlomopayKeySource;
  readonly rules: KeyRules;
  readonly timeoutMs: number;
}

/**
 * Reads keys from their source, once, and checks them.
 *
 * @param ending Ends the reading before its time.
 * @throws {KeyReadingFault} it took too long, it failed, or what it gave cannot be used.
 */
export async function readKeysFrom(
  origin: KeyOrigin,
  ending = new AbortController(),
): Promise<KeyReading> {
  return checkedReading(origin.option, await given(origin, ending), origin.rules);
}

async function given(
  { option, source, timeoutMs }: KeyOrigin,
  ending: AbortController,
): Promise<unknown> {
  const { signal } = ending;
  // An answer that came while this process stood still is read before the immediate runs.
  const timer = setTimeout(() => setImmediate(() => ending.abort()), timeoutMs);
  try {
    const late = new Promise<never>((_, reject) => {
      // Listens before the source does, so that what the source makes of the signal comes second.
      signal.addEventListener('abort', () => reject(tookTooLong(option, timeoutMs)), {
        once: true,
      });
    });
    // In a function of its own: what it throws at once is a failure as well.
    const answer = (async () => source.current(signal))();
    return await Promise.race([answer, late]);
  } catch (thrown) {
    if (thrown instanceof KeyReadingFault) throw thrown;
    // Never the message, and no cause: vaults put into both what they were asked for, and what they hold.
    throw new KeyReadingFault([`${option}: its provider failed (${wordsOf(thrown)})`], true);
  } finally {
    clearTimeout(timer);
  }
}

function tookTooLong(option: string, timeoutMs: number): KeyReadingFault {
  return new KeyReadingFault(
    [`${option}: its provider has given nothing within ${timeoutMs} ms`],
    true,
  );
}

/** Class and code of what was thrown, where they are plain words. */
export function wordsOf(thrown: unknown): string {
  const { name, message } = safeCause(thrown);
  return message === 'UNKNOWN' ? name : `${name} ${message}`;
}

/** A getter of what was thrown may throw again. */
function safeCause(thrown: unknown): Error {
  try {
    return cleanCause(thrown);
  } catch {
    return cleanCause(undefined);
  }
}

function checkedReading(option: string, value: unknown, rules: KeyRules): KeyReading {
  const isReading = typeof value === 'object' && value !== null && !Array.isArray(value);
  const { keys, expiresAt, graceMs } = isReading ? members(option, value) : { keys: value };
  const checked = rules(keys);
  const faults = [...checked.faults];
  const hasEnd = expiresAt !== undefined;
  if (hasEnd && !(expiresAt instanceof Date && Number.isFinite(expiresAt.getTime()))) {
    faults.push(`${option}: its provider gave an expiresAt that is no date`);
  }
  if (graceMs !== undefined && !(Number.isInteger(graceMs) && Number(graceMs) >= 0)) {
    faults.push(`${option}: its provider gave a graceMs that is no whole number, 0 or more`);
  }
  if (faults.length > 0) throw new KeyReadingFault(faults);
  return {
    ...checked,
    expiresAt: expiresAt instanceof Date ? expiresAt.getTime() : Infinity,
    graceMs: graceMs === undefined ? undefined : Number(graceMs),
  };
}

function members(option: string, value: object): Readonly<Record<string, unknown>> {
  try {
    const { keys, expiresAt, graceMs } = value as Readonly<Record<string, unknown>>;
    return { keys, expiresAt, graceMs };
  } catch {
    throw new KeyReadingFault([`${option}: what its provider gave cannot be read`]);
  }
}
