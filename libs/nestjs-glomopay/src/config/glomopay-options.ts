import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type {
  GlomopayKeyList,
  GlomopayKeyProvider,
  GlomopayKeyRotationOptions,
} from './key-provider.js';

/** Which of the gateway's two worlds a key belongs to. */
export type GlomopayEnvironment = 'sandbox' | 'production';

/** How a failed call is tried again. Which failures qualify is fixed and cannot be configured. */
export interface GlomopayRetryOptions {
  /** Attempts of one call, the first included: 1 to 3. @defaultValue 3 */
  readonly maxAttempts?: number;
  /** Upper bound of the first pause; each further bound doubles. Milliseconds. @defaultValue 250 */
  readonly baseDelayMs?: number;
  /** Upper bound of any pause that the gateway did not ask for. Milliseconds. @defaultValue 5000 */
  readonly maxDelayMs?: number;
}

/** How a payment is polled when the caller does not say otherwise. */
export interface GlomopayPollingOptions {
  /** Pause between two looks where the gateway named none. Milliseconds, 1000 to 30000. @defaultValue 5000 */
  readonly intervalMs?: number;
  /** How long to wait for a final status. Milliseconds. @defaultValue 900000 (15 minutes) */
  readonly timeoutMs?: number;
}

/** Connection agents of the host, for a proxy or a pinned certificate authority. */
export interface GlomopayHttpOptions {
  /** Agent for `https:` base URLs. Refused when it weakens certificate checks or allows TLS < 1.2. @defaultValue keep-alive agent of the module's own */
  readonly httpsAgent?: HttpsAgent;
  /** Agent for `http:` base URLs, which are loopback only. @defaultValue keep-alive agent of the module's own */
  readonly httpAgent?: HttpAgent;
}

/** What a host passes to `GlomopayModule.forRoot` or returns from a `forRootAsync` factory. */
export interface GlomopayModuleOptions {
  /**
   * Secret API key, or every active one during a rotation: the first signs calls, each of them
   * verifies callbacks. Keys are trimmed, empty ones dropped; publishable keys are refused. A provider
   * is asked for them at boot, where it must succeed, and again while the application runs.
   */
  readonly secretKey: GlomopayKeyList | GlomopayKeyProvider;
  /** Webhook secret or secrets, from the dashboard, or their provider. Not an API key. @defaultValue none */
  readonly webhookSecret?: GlomopayKeyList | GlomopayKeyProvider | undefined;
  /** When providers of keys are asked, and how long old keys verify. */
  readonly keyRotation?: GlomopayKeyRotationOptions | undefined;
  /** Where the buyer's browser returns to when a payment names no `callbackUrl`. https, loopback excepted. @defaultValue none */
  readonly callbackUrl?: string | undefined;
  /** When given, the application does not start with a key of the other environment. @defaultValue not checked */
  readonly environment?: GlomopayEnvironment | undefined;
  /** Origin of the gateway. https, loopback excepted. @defaultValue `https://api.glomopay.com` */
  readonly baseUrl?: string | undefined;
  /** Path of the payments resource; the gateway's documents show both. @defaultValue `/api/v1/payments` */
  readonly paymentsPath?: '/api/v1/payments' | '/api/v1/payment' | undefined;
  /** Longest duration of one attempt, from name lookup to the last byte. Milliseconds. @defaultValue 30000 */
  readonly timeoutMs?: number | undefined;
  /** Longest duration of a whole call, retries and pauses included. Milliseconds. @defaultValue 90000 */
  readonly deadlineMs?: number | undefined;
  /** Retries. */
  readonly retry?: GlomopayRetryOptions | undefined;
  /**
   * Requests a minute of this account, shared by all services; what is more waits its turn. The
   * gateway counts by source address: divide its 3000 among your processes. @defaultValue 3000
   */
  readonly rateLimit?: number | undefined;
  /** Polling of payments. */
  readonly polling?: GlomopayPollingOptions | undefined;
  /** Connection agents. */
  readonly http?: GlomopayHttpOptions | undefined;
  /**
   * Whether to examine the set-up (keys, gateway, routes) once the application listens, and to say in
   * the log what to mend. Does nothing when `NODE_ENV` is `production`. @defaultValue false
   */
  readonly doctor?: boolean | undefined;
}

/** A class that `forRootAsync({ useClass | useExisting })` asks for the options. */
export interface GlomopayOptionsFactory {
  createGlomopayOptions(): GlomopayModuleOptions | Promise<GlomopayModuleOptions>;
}
