import type { Clock } from '../config/clock.js';
import {
  callChannel,
  type CallFault,
  type CallRetry,
  type GlomopayCallEndMessage,
  type GlomopayCallMessage,
} from '../diagnostics/call-messages.js';
import { publish } from '../diagnostics/publish.js';
import { GlomopayResponseMalformedError } from '../errors/response-malformed.error.js';
import type { FailedResult } from './gateway-call.js';
import type { TransportFault } from './transport-failure.js';
import type { FailedVerdict, UnknownVerdict } from './verdict.js';

/** Notes what a call goes through, for those who listen to `nestjs-glomopay:call`. */
export class WatchedCall {
  readonly #call: GlomopayCallMessage;
  readonly #clock: Clock;
  readonly #startedAt: number;
  readonly #retries: CallRetry[] = [];
  #attempts = 0;
  #status: number | undefined;
  #fault: CallFault | undefined;
  #attemptStatus: number | undefined;

  constructor(call: GlomopayCallMessage, clock: Clock) {
    this.#call = call;
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  attempt(): void {
    this.#attempts += 1;
    this.#attemptStatus = undefined;
    this.#fault = undefined;
  }

  answered(status: number): void {
    this.#status = status;
    this.#attemptStatus = status;
  }

  failed(verdict: FailedVerdict): void {
    this.#fault = faultOf(verdict);
  }

  retry(pauseMs: number): void {
    this.#retries.push(
      Object.freeze({
        attempt: this.#attempts,
        reason: this.#fault ?? 'internal',
        status: this.#attemptStatus,
        pauseMs,
        afterMs: this.#elapsed(),
      }),
    );
  }

  /** Publishes the end. Without a result the call broke inside this process. */
  end(result: { readonly kind: 'answered' } | FailedResult | undefined): void {
    const failure = result?.kind === 'failed' ? result.failure : undefined;
    const message: GlomopayCallEndMessage = {
      call: this.#call,
      outcome: result?.kind === 'answered' ? 'ok' : (failure?.outcome ?? 'unknown'),
      attempts: this.#attempts,
      retries: Object.freeze(this.#retries),
      status: this.#status,
      fault: result === undefined ? 'internal' : this.#fault,
      errorCode: failure?.code,
      durationMs: this.#elapsed(),
    };
    if (message.outcome !== 'ok') publish(callChannel.error, message);
    publish(callChannel.asyncEnd, message);
  }

  #elapsed(): number {
    return this.#clock.now() - this.#startedAt;
  }
}

const transportFaults: Readonly<Record<TransportFault, CallFault>> = {
  connection: 'connection_lost',
  timeout: 'timeout',
  aborted: 'aborted',
  too_large: 'too_large',
  unreadable: 'internal',
};

function faultOf(verdict: FailedVerdict): CallFault {
  if (verdict.kind === 'unsent') return 'no_connection';
  if (verdict.kind === 'denied') return 'rejected';
  return verdict.kind === 'unknown' ? faultOfUnknown(verdict) : verdict.kind;
}

function faultOfUnknown({ cause, details }: UnknownVerdict): CallFault {
  if (cause instanceof GlomopayResponseMalformedError) return 'malformed';
  if (cause !== undefined) return transportFaults[cause.fault];
  return details === undefined ? 'internal' : 'status';
}

/** Where the calls go, as spans and metrics name it. */
export function serverOf(baseUrl: string): {
  readonly serverAddress: string;
  readonly serverPort: number;
} {
  const { hostname, port, protocol } = new URL(baseUrl);
  const usual = protocol === 'https:' ? 443 : 80;
  return { serverAddress: hostname, serverPort: port === '' ? usual : Number(port) };
}
