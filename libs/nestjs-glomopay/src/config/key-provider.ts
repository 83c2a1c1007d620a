/** A key, or every active one: the first signs calls, each of them verifies. */
export type GlomopayKeyList = string | readonly string[];

/** What a provider says of the keys that count now. */
export interface GlomopayKeyReading {
  /** The active keys; the first signs calls. */
  readonly keys: GlomopayKeyList;
  /**
   * When these keys stop counting, where the vault knows. They are read again a minute before.
   * @defaultValue not known
   */
  readonly expiresAt?: Date | undefined;
  /**
   * How long keys that are not among these still verify, in place of `keyRotation.graceMs`; 0 drops
   * them at once, which is what to do after a leak. Milliseconds. @defaultValue `keyRotation.graceMs`
   */
  readonly graceMs?: number | undefined;
}

/** What a provider may give. */
export type GlomopayKeysGiven = GlomopayKeyList | GlomopayKeyReading;

/** A provider that can also tell when keys have changed. */
export interface GlomopayKeySource {
  /**
   * Reads the keys that count now. It is called at boot, every `keyRotation.refreshEveryMs`, before an
   * announced expiry, and when something says that keys have changed: at most once at a time, in no
   * caller's async context.
   *
   * What it throws is told by class and code alone, for the message may hold a secret.
   *
   * @param signal Aborts when the reading has taken `keyRotation.refreshTimeoutMs`.
   */
  current(signal: AbortSignal): GlomopayKeysGiven | Promise<GlomopayKeysGiven>;
  /**
   * Begins to listen for changes, once the application starts; what it gives ends that, when the
   * application shuts down.
   *
   * @param changed To be called whenever `current()` may give something else; calls that come together
   *   lead to one reading.
   */
  // oxlint-disable-next-line typescript/no-invalid-void-type -- a source that cannot end gives nothing
  onChange?(changed: () => void): (() => void) | void;
}

/**
 * Where keys come from that change while the application runs: a function that reads them, or an object
 * that can also tell of changes.
 *
 * @example
 * secretKey: async (signal) => (await vault.read('glomopay', { signal })).keys
 */
export type GlomopayKeyProvider =
  ((signal: AbortSignal) => GlomopayKeysGiven | Promise<GlomopayKeysGiven>) | GlomopayKeySource;

/** The timing of providers of keys. Keys that are given as texts never change, and need none. */
export interface GlomopayKeyRotationOptions {
  /**
   * How often a provider is asked, give or take a tenth. Milliseconds, a second to a day.
   * @defaultValue 300000 (5 minutes)
   */
  readonly refreshEveryMs?: number | undefined;
  /**
   * How long a key that the provider no longer gives still verifies callbacks and webhooks; it signs
   * nothing. The gateway delivers a webhook for the last time 94 hours after the first, perhaps under
   * the secret of that day. Milliseconds, up to 30 days; 0: only what the provider gives counts.
   * @defaultValue 345600000 (4 days)
   */
  readonly graceMs?: number | undefined;
  /** Longest wait for a provider. Milliseconds, up to a minute. @defaultValue 5000 */
  readonly refreshTimeoutMs?: number | undefined;
}

/** A source, whichever way it was given; undefined: this is no provider. */
export function keySourceOf(value: unknown): GlomopayKeySource | undefined {
  if (typeof value === 'function') return { current: value as GlomopayKeySource['current'] };
  const isSource =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    typeof Reflect.get(value, 'current') === 'function';
  return isSource ? (value as GlomopayKeySource) : undefined;
}
