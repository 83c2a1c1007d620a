/** What is asked, and what of the answer means that the application is down. */
export interface GlomopayHealthOptions {
  /** Merchant account, as in `GlomopayModule.forRoot`. @defaultValue the default account */
  readonly name?: string;
  /** Longest wait for the gateway and for the database. Milliseconds. @defaultValue 3000 */
  readonly timeoutMs?: number;
  /** How long a look counts; probes in that time share it. Milliseconds. @defaultValue 10000 */
  readonly cacheMs?: number;
  /**
   * Whether a gateway that does not answer means down, or is only shown. Show it where `down` takes
   * processes out of service: none of them is at fault. @defaultValue `'down'`
   */
  readonly gatewayOutage?: 'down' | 'shown';
  /**
   * Age of the oldest open webhook event that means down. With the inbox's own defaults a failing
   * handler is parked within 46 minutes, so an older one says that nobody works. Milliseconds.
   * @defaultValue 3600000 (an hour)
   */
  readonly maxOldestOpenMs?: number;
  /** Open webhook events; more means down. @defaultValue `Infinity`: only shown */
  readonly maxOpen?: number;
  /** Parked webhook events; more means down. @defaultValue `Infinity`: only shown */
  readonly maxFailed?: number;
  /** Payments that need a person; more means down. @defaultValue `Infinity`: only shown */
  readonly maxNeedsAttention?: number;
}
