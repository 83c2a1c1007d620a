import type { HttpService } from '@nestjs/axios';
import { Inject, Injectable } from '@nestjs/common';
import type { AxiosRequestConfig, AxiosResponse } from 'axios';
import type { Clock } from '../config/clock.js';
import type { GlomopayConfig } from '../config/glomopay-config.js';
import { GLOMOPAY_CLOCK, GLOMOPAY_CONFIG, GLOMOPAY_HTTP } from '../config/glomopay.tokens.js';
import type { GlomopayError } from '../errors/glomopay.error.js';
import { reveal } from '../values/secret.js';
import { VERSION } from '../version.js';
import { callError } from './call-error.js';
import { Deadline } from './deadline.js';
import { Exchange, type ExchangeAnswer } from './exchange.js';
import type { Operation } from './operation.js';
import { verdictOfAnswer, verdictOfFailure } from './read-verdict.js';
import { assertRequestOptions, type RequestOptions } from './request-options.js';
import { RateLimit } from './rate-limit.js';
import { RetryBudget } from './retry-budget.js';
import { retryDelay } from './retry-delay.js';
import { callKind, retryPolicy } from './retry-policy.js';
import type { LiveSecret } from './scrub.js';
import { worse, type FailedVerdict, type Verdict } from './verdict.js';

/** One call to the gateway, every part of it checked. */
export interface GatewayCall<T> {
  readonly operation: Operation;
  /** Fills `{id}` in the path; its caller has checked it against its grammar. */
  readonly id?: string | undefined;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  /** Body in wire names. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  readonly requestId?: string | undefined;
  /** Values of the body that nothing may show. */
  readonly live?: readonly LiveSecret[] | undefined;
  readonly decode: (body: unknown) => T;
  readonly options?: RequestOptions | undefined;
  /** Fewer attempts than configured, for a caller that tries again by itself. */
  readonly maxAttempts?: number;
}

/** Share of a guarded create's time that its attempts leave for the look-up. */
const LOOK_UP_SHARE = 0.05;

/** A call that ended without an answer of its own. */
export interface FailedResult {
  readonly kind: 'failed';
  /** To throw, unless a look-up finds the object. */
  readonly failure: GlomopayError;
  /**
   * Whether the object may be there under its `request_id`: `certainly` when the gateway itself
   * said so, `perhaps` when an attempt may have arrived.
   */
  readonly lookUp: 'no' | 'perhaps' | 'certainly';
  readonly deadline: Deadline;
}

/** The one client that talks to the gateway: attempts, deadlines, retries, and clean errors. */
@Injectable()
export class GatewayClient {
  readonly #config: GlomopayConfig;
  readonly #clock: Clock;
  readonly #http: HttpService;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #keys: readonly LiveSecret[];
  readonly #rate: RateLimit;
  readonly #budget: RetryBudget;

  constructor(
    @Inject(GLOMOPAY_CONFIG) config: GlomopayConfig,
    @Inject(GLOMOPAY_HTTP) http: HttpService,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
  ) {
    this.#config = config;
    this.#http = http;
    this.#clock = clock;
    this.#headers = {
      accept: 'application/json',
      authorization: `Bearer ${reveal(config.secretKeys[0])}`,
      'user-agent': `nestjs-glomopay/${VERSION} node/${process.versions.node}`,
    };
    this.#rate = new RateLimit(config.rateLimit, clock);
    this.#budget = new RetryBudget(clock);
    this.#keys = config.secretKeys.map((key) => ({ text: reveal(key), kind: 'text' }));
  }

  /** Makes the call and gives the decoded answer; throws the error that says what has happened. */
  async call<T>(call: GatewayCall<T>): Promise<T> {
    const result = await this.send(call);
    if (result.kind === 'answered') return result.value;
    throw result.failure;
  }

  /** Makes the call with its retries. The worst attempt of a write decides what is said in the end. */
  async send<T>(
    call: GatewayCall<T>,
  ): Promise<{ readonly kind: 'answered'; readonly value: T } | FailedResult> {
    const { operation, requestId, options } = call;
    assertRequestOptions(options);
    this.#budget.countCall();
    const kind = callKind(operation, requestId);
    const durationMs = options?.deadlineMs ?? this.#config.deadlineMs;
    const reserveMs = kind === 'guarded' ? durationMs * LOOK_UP_SHARE : 0;
    const deadline = new Deadline(this.#clock, durationMs, reserveMs);
    const body = call.body === undefined ? undefined : Buffer.from(JSON.stringify(call.body));
    const path = pathOf(call);
    let decisive: FailedVerdict | undefined;
    try {
      for (let attempt = 1; ; attempt += 1) {
        const verdict = await this.#attempt(call, path, body, deadline);
        if (verdict.kind === 'answered') return verdict;
        decisive = kind === 'read' ? verdict : worse(decisive, verdict);
        const next = retryPolicy[kind][verdict.kind];
        if (next === 'retry' && (await this.#pause(attempt, verdict, deadline, call))) {
          continue;
        }
        if (options?.signal?.aborted === true) {
          decisive = kind === 'read' ? { kind: 'aborted' } : abortable(decisive);
        }
        const failure = callError({ operation, requestId, kind, attempts: attempt }, decisive);
        return {
          kind: 'failed',
          failure,
          lookUp: lookUpAfter(next, kind === 'guarded', decisive),
          deadline: deadline.release(),
        };
      }
    } finally {
      body?.fill(0);
    }
  }

  async #attempt<T>(
    call: GatewayCall<T>,
    path: string,
    body: Buffer | undefined,
    deadline: Deadline,
  ): Promise<Verdict<T>> {
    const { operation, options, requestId, decode } = call;
    const held = await this.#queue(deadline, options?.signal);
    if (held !== undefined) return held;
    const exchange = new Exchange({
      method: operation.method,
      path,
      headers: body === undefined ? this.#headers : this.#headersFor(body),
      body,
      timeoutMs: deadline.clamp(options?.timeoutMs ?? this.#config.timeoutMs),
      signal: options?.signal,
    });
    const config: AxiosRequestConfig & { exchange: Exchange } = { exchange };
    try {
      const { data } = await this.#http.axiosRef.request<unknown, AxiosResponse<ExchangeAnswer>>(
        config,
      );
      const live = call.live === undefined ? this.#keys : [...call.live, ...this.#keys];
      return verdictOfAnswer({ operation, requestId, decode, live }, data);
    } catch (thrown) {
      return verdictOfFailure(thrown);
    }
  }

  /** Waits for a slot of the account's rate limit. Gives a verdict when there is no use in sending. */
  async #queue(
    deadline: Deadline,
    signal: AbortSignal | undefined,
  ): Promise<FailedVerdict | undefined> {
    if (signal?.aborted === true) return { kind: 'aborted' };
    const wait = this.#rate.take(deadline.left());
    if (wait === 0) return undefined;
    if (wait === undefined) return { kind: 'held' };
    return this.#clock.sleep(wait, signal).then(
      () => undefined,
      () => ({ kind: 'aborted' }),
    );
  }

  #headersFor(body: Buffer): Readonly<Record<string, string>> {
    return {
      ...this.#headers,
      'content-type': 'application/json',
      'content-length': String(body.length),
    };
  }

  /** Waits before the next attempt. False: there is none, by number, by time, or by the caller. */
  async #pause(
    attempt: number,
    verdict: FailedVerdict,
    deadline: Deadline,
    {
      options,
      maxAttempts = this.#config.retry.maxAttempts,
    }: Pick<GatewayCall<unknown>, 'options' | 'maxAttempts'>,
  ): Promise<boolean> {
    const signal = options?.signal;
    if (attempt >= maxAttempts || signal?.aborted === true) return false;
    const retryAfter = 'retryAfter' in verdict ? verdict.retryAfter : undefined;
    const delay = retryDelay(attempt, retryAfter, this.#config.retry, this.#clock);
    if (delay >= deadline.left() || !this.#budget.allowsRetry()) return false;
    return this.#clock.sleep(delay, signal).then(
      () => true,
      () => false,
    );
  }
}

/** An abort while waiting outranks what was merely unsent or refused for now; nothing has happened. */
function abortable(verdict: FailedVerdict): FailedVerdict {
  return verdict.kind === 'unsent' || verdict.kind === 'throttled' ? { kind: 'aborted' } : verdict;
}

function lookUpAfter(
  next: string,
  guarded: boolean,
  decisive: FailedVerdict,
): FailedResult['lookUp'] {
  if (next === 'look_up') return 'certainly';
  if (!guarded || decisive.kind !== 'unknown' || decisive.aborted) return 'no';
  return 'perhaps';
}

/** The path with its checked id and its query; undefined filters are left out. */
function pathOf(call: Pick<GatewayCall<unknown>, 'operation' | 'id' | 'query'>): string {
  const path =
    call.id === undefined ? call.operation.path : call.operation.path.replace('{id}', call.id);
  if (call.query === undefined) return path;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
}
