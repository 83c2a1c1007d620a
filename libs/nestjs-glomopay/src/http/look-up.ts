import type { Clock } from '../config/clock.js';
import { GlomopayError } from '../errors/glomopay.error.js';
import type { RequestOptions } from './request-options.js';

const FIRST_PAUSE_MS = 200;

/** What a look-up finds. */
export interface GatewayObject {
  readonly id: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** How long to look, and for whom. */
export interface LookWindow {
  readonly clock: Clock;
  readonly windowMs: number;
  readonly signal: AbortSignal | undefined;
}

/** Looks again and again until something is found, or the window is over, or the caller leaves. */
export async function lookUntil<F>(
  { clock, windowMs, signal }: LookWindow,
  look: (options: RequestOptions) => Promise<F | undefined>,
): Promise<F | undefined> {
  const end = clock.now() + windowMs;
  for (let pause = FIRST_PAUSE_MS; ; pause *= 2) {
    const found = await look({ signal, deadlineMs: Math.max(1, end - clock.now()) });
    if (found !== undefined || clock.now() + pause >= end) return found;
    const slept = await clock.sleep(pause, signal).then(
      () => true,
      () => false,
    );
    if (!slept) return undefined;
  }
}

/** What a look has listed; nothing, where the gateway did not tell. */
export async function listedOr<F>(nothing: F, look: () => Promise<F>): Promise<F> {
  try {
    return await look();
  } catch (thrown) {
    if (thrown instanceof GlomopayError) return nothing;
    throw thrown;
  }
}
