import type { GlomopayModuleOptions } from './glomopay-options.js';

/**
 * What is different in the tracking of one merchant. Whatever is not given is as in the `tracking` of all
 * merchants; store, engine, pauses between rounds and the rest are of all, and refused here.
 */
export interface AccountTrackingOptions {
  /** Whether every change of a movement is written down with its witness. */
  readonly history?: boolean;
  /** How often the sweeper looks at one payment, and how many it takes in a round. */
  readonly sweep?: {
    /** How long after its intent a payment is first looked at, if no witness came. Milliseconds. */
    readonly firstCheckMs?: number;
    /** Looks at one payment before a person has to. */
    readonly maxChecks?: number;
    /** Records taken in one round. */
    readonly batch?: number;
  };
  /** The limits of handlers of events, where they handle one of this merchant. */
  readonly inbox?: {
    /** How long a handler may take before its try counts as failed. Milliseconds. */
    readonly handlerTimeoutMs?: number;
    /** Tries of one handler with one event before the event is parked. */
    readonly maxTries?: number;
    /** Pause after a first failure; each further one doubles it, and half of it is chance. Milliseconds. */
    readonly retryBaseMs?: number;
    /** Longest pause between two tries. Milliseconds. */
    readonly retryMaxMs?: number;
  };
}

/** The options of an account that is made at run time: those of `GlomopayModule.forRoot`, and its tracking. */
export interface AccountOptions extends Omit<GlomopayModuleOptions, 'doctor'> {
  /** What is different in the tracking of this one. Needs tracking of all. @defaultValue nothing */
  readonly tracking?: AccountTrackingOptions | undefined;
}

/** An account as `GlomopayAccounts.register()` takes it. */
export interface AccountRegistration extends AccountOptions {
  /** 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit first; not `default`. */
  readonly name: string;
}

/**
 * Where the merchant accounts of an application are kept: a table, a vault. The host implements it.
 *
 * @example
 * class MerchantTable implements AccountSource {
 *   async find(name: string): Promise<AccountOptions | undefined> {
 *     const row = await this.merchants.findOneBy({ name });
 *     return row === null ? undefined : { secretKey: await this.vault.open(row.sealedKey) };
 *   }
 * }
 */
export interface AccountSource {
  /**
   * The options of an account; undefined when there is none. Asked once for all who wait, and again
   * after `refreshMs`, so it need not cache.
   *
   * @param name Well-formed, but perhaps made up by a stranger: it may come from a URL.
   * @param signal Aborts when nobody waits for the answer any more.
   */
  find(
    name: string,
    signal: AbortSignal,
  ): Promise<AccountOptions | null | undefined> | AccountOptions | null | undefined;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/**
 * Whether a value can be the name of an account that is made at run time. Strict, because such names
 * come from URLs: what does not pass is nobody's, and no source is asked.
 */
export function isRunTimeName(value: unknown): value is string {
  return typeof value === 'string' && NAME.test(value) && value !== 'default';
}
