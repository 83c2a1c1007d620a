import type { GlomopayConfig } from '../config/glomopay-config.js';
import { cleanCause } from '../errors/clean-cause.js';
import { findingsOf, type Finding } from './finding.js';

const WITHIN_MS = 5_000;
/** Dates in headers are whole seconds, and the answer takes time. */
const TOLERATED_S = 30;
const gateway = findingsOf('gateway');

/** Whether the gateway can be reached, and whether its clock and ours agree. Sends no key. */
export async function examineGateway({ baseUrl }: GlomopayConfig): Promise<Finding> {
  try {
    const answer = await fetch(`${baseUrl}/`, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    return skewOf(Date.parse(answer.headers.get('date') ?? ''), Date.now());
  } catch (thrown) {
    const cause: unknown = thrown instanceof Error ? (thrown.cause ?? thrown) : thrown;
    return gateway.fault(
      `${baseUrl} cannot be reached (${cleanCause(cause).message})`,
      'look at DNS, proxy and outgoing firewall rules; http.httpsAgent takes a proxy agent',
    );
  }
}

function skewOf(theirs: number, ours: number): Finding {
  if (Number.isNaN(theirs)) return gateway.fine('reached; it does not tell its time');
  const seconds = Math.round((ours - theirs) / 1_000);
  return Math.abs(seconds) <= TOLERATED_S
    ? gateway.fine('reached, and the clocks agree')
    : gateway.advice(
        `the clock here is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead of' : 'behind'} the gateway's`,
        'synchronise this machine (NTP): lists by date and the expiry of keys go by the clock',
      );
}
