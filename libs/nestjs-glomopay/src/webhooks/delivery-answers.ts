import type { GlomopaySignatureFault } from '../errors/signature.error.js';

/** Why a delivery was not taken. */
export type DeliveryFault =
  | GlomopaySignatureFault
  /** Its body did not arrive in time. */
  | 'too_slow'
  /** Its body did not arrive whole. */
  | 'broken'
  /** This application cannot verify it. */
  | 'setup'
  /** Authentic, and the store failed. */
  | 'not_stored'
  /** A guard, interceptor or filter of the host kept it from the inbox. */
  | 'kept_out';

/** What the gateway is told about a delivery that was not taken. */
export interface DeliveryAnswer {
  readonly status: number;
  /** The phrase of the status. */
  readonly error: string;
  readonly message: string;
}

const NOT_STORED = {
  status: 503,
  error: 'Service Unavailable',
  message: 'The event was not stored; deliver it again',
};

/**
 * Every answer to a delivery that was not taken, the guard's and the ready-made route's. Fixed texts:
 * nothing that was sent is in them.
 */
export const deliveryAnswers = {
  malformed: { status: 400, error: 'Bad Request', message: 'This is not a webhook event' },
  mismatch: {
    status: 401,
    error: 'Unauthorized',
    message: 'The signature of this webhook event does not hold',
  },
  too_large: {
    status: 413,
    error: 'Payload Too Large',
    message: 'A webhook event is at most 1 MiB',
  },
  too_slow: {
    status: 408,
    error: 'Request Timeout',
    message: 'The body did not arrive in time',
  },
  broken: { status: 400, error: 'Bad Request', message: 'The body did not arrive whole' },
  setup: {
    status: 500,
    error: 'Internal Server Error',
    message: 'Webhooks cannot be verified here',
  },
  not_stored: NOT_STORED,
  kept_out: NOT_STORED,
} as const satisfies Readonly<Record<DeliveryFault, DeliveryAnswer>>;
