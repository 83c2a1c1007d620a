import { performance } from 'node:perf_hooks';
import type { CustomersService } from '../api/customers/customers.service.js';
import { GlomopayApiError } from '../errors/api.error.js';
import { isGlomopayError } from '../errors/any-glomopay.error.js';

/**
 * What is wrong with the gateway as seen from here:
 * - `key_refused`: 401;
 * - `access_refused`: 403, this address or account may not;
 * - `rate_limited`: 429;
 * - `unexpected_answer`: another refusal, which says nothing about the key;
 * - `gateway_unavailable`: no usable answer in time.
 */
export type GatewayProblem =
  'key_refused' | 'access_refused' | 'rate_limited' | 'unexpected_answer' | 'gateway_unavailable';

/** What one look at the gateway has shown. */
export interface GatewayLook {
  /** Null: the answer, or its absence, does not tell. */
  readonly keyAccepted: boolean | null;
  /** Of the whole look, from here. */
  readonly latencyMs: number;
  readonly problem: GatewayProblem | undefined;
}

/** Nobody was a customer then, so the list is empty: no money, and no personal data either. */
const NOBODY = { before: '2000-01-01', perPage: 1 } as const;

/** Asks for an empty list of customers, which needs an accepted key and touches nothing. */
export async function lookAtGateway(
  customers: CustomersService,
  timeoutMs: number,
): Promise<GatewayLook> {
  const start = performance.now();
  const problem = await customers.list(NOBODY, { timeoutMs, deadlineMs: timeoutMs }).then(
    () => undefined,
    (thrown: unknown) => problemOf(thrown),
  );
  const latencyMs = Math.round(performance.now() - start);
  return { keyAccepted: accepted(problem), latencyMs, problem };
}

function problemOf(thrown: unknown): GatewayProblem {
  if (!isGlomopayError(thrown)) throw thrown;
  if (thrown.code === 'GLOMOPAY_CONFIGURATION' || thrown.code === 'GLOMOPAY_VALIDATION')
    throw thrown;
  if (!(thrown instanceof GlomopayApiError) || thrown.status >= 500) return 'gateway_unavailable';
  switch (thrown.status) {
    case 401:
      return 'key_refused';
    case 403:
      return 'access_refused';
    case 429:
      return 'rate_limited';
    default:
      return 'unexpected_answer';
  }
}

function accepted(problem: GatewayProblem | undefined): boolean | null {
  if (problem === undefined) return true;
  return problem === 'key_refused' || problem === 'access_refused' ? false : null;
}
