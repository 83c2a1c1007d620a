/** One event on its way to one endpoint. */
export interface WebhookDelivery {
  /** The sandbox's own; the gateway sends none. */
  readonly id: string;
  /** Which of the sandbox's events it delivers. */
  readonly eventId: string;
  /** `payment.success` and the like. */
  readonly type: string;
  readonly url: string;
  /** Exactly what is sent and signed. */
  readonly body: string;
  readonly state: DeliveryState;
  readonly attempts: readonly DeliveryAttempt[];
  /** On the sandbox's clock; `null` when none is planned. */
  readonly nextAttemptAt: number | null;
}

/** `delivered` was answered with exactly 200; `given_up` has no retry left. */
export type DeliveryState = 'pending' | 'delivered' | 'given_up';

export interface DeliveryAttempt {
  /** Milliseconds since the Unix epoch, on the sandbox's clock. */
  readonly attemptedAt: number;
  /** What the receiver answered, if it answered in time. */
  readonly status: number | null;
  /** `status` is any answer but 200. */
  readonly failure: DeliveryFailure | null;
}

export type DeliveryFailure = 'status' | 'timeout' | 'connection';
