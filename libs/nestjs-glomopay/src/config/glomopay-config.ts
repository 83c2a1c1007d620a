import type { Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import type { GlomopayEnvironment } from './glomopay-options.js';
import type { KeyRing } from './key-ring.js';

/** The checked options with every default filled in. Keys are masked under any way of printing. */
export interface GlomopayConfig {
  /** The API keys: the present one signs calls, each of them verifies callbacks. */
  readonly secretKeys: KeyRing;
  /** Undefined: there is none, so webhooks cannot be verified. */
  readonly webhookSecrets: KeyRing | undefined;
  readonly callbackUrl: string | undefined;
  /** What the keys or the option say; undefined when neither does. */
  readonly environment: GlomopayEnvironment | undefined;
  /** Origin without a trailing slash. */
  readonly baseUrl: string;
  readonly paymentsPath: '/api/v1/payments' | '/api/v1/payment';
  readonly timeoutMs: number;
  readonly deadlineMs: number;
  readonly retry: {
    readonly maxAttempts: number;
    readonly baseDelayMs: number;
    readonly maxDelayMs: number;
  };
  /** Requests a minute. */
  readonly rateLimit: number;
  readonly polling: { readonly intervalMs: number; readonly timeoutMs: number };
  readonly http: {
    readonly httpsAgent: HttpsAgent | undefined;
    readonly httpAgent: HttpAgent | undefined;
  };
  /** Whether the set-up is examined once the application listens. */
  readonly doctor: boolean;
  /** Things to tell the operator at boot that are no reason to refuse. */
  readonly warnings: readonly string[];
}
