import type { GlomopayModuleOptions } from './glomopay-options.js';

/** The options of an account that is made at run time: those of `GlomopayModule.forRoot`. */
export type AccountOptions = Omit<GlomopayModuleOptions, 'doctor'>;

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
