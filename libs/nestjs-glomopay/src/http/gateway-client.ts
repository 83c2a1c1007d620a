import type { HttpService } from '@nestjs/axios';
import { Inject, Injectable } from '@nestjs/common';
import type { AxiosRequestConfig, AxiosResponse } from 'axios';
import type { AccountGate } from '../config/account-gate.js';
import type { Clock } from '../config/clock.js';
import type { GlomopayConfig } from '../config/glomopay-config.js';
import {
  GLOMOPAY_ACCOUNT,
  GLOMOPAY_CLOCK,
  GLOMOPAY_CONFIG,
  GLOMOPAY_GATE,
  GLOMOPAY_HTTP,
} from '../config/glomopay.tokens.js';
import type { Secrets } from '../config/key-ring.js';
import { callChannel, type GlomopayCallMessage } from '../diagnostics/call-messages.js';
import { callError } from './call-error.js';
import { CallKeys, isKeyRefused } from './call-keys.js';
import { CallPace } from './call-pace.js';
import { changedOnce, type ConvergingChange } from './change-once.js';
import { createdByReference, type ReferencedCreate } from './create-by-reference.js';
import {
  createdOnce,
  underRequestId,
  type GuardedCreate,
  type NaturalCreate,
} from './create-once.js';
import { Deadline } from './deadline.js';
import { subjectId, pathOf, type GatewayCall, type SendResult } from './gateway-call.js';
import { Exchange, type ExchangeAnswer } from './exchange.js';
import type { GatewayObject } from './look-up.js';
import { verdictOfAnswer, verdictOfFailure } from './read-verdict.js';
import { pathTemplate } from './operation.js';
import { assertRequestOptions } from './request-options.js';
import { callKind, lookUpAfter, retryPolicy } from './retry-policy.js';
import { scrub } from '../logging/scrub.js';
import { uploadMs } from './upload.js';
import { abortable, worse, type FailedVerdict, type Verdict } from './verdict.js';
import { serverOf, WatchedCall } from './watched-call.js';

/** Share of a write's time that its attempts leave for a look at what became of it. */
const LOOK_UP_SHARE = 0.05;

/** The one client that talks to the gateway: attempts, deadlines, retries, and clean errors. */
@Injectable()
export class GatewayClient {
  readonly #config: GlomopayConfig;
  readonly #clock: Clock;
  readonly #http: HttpService;
  readonly #keys: CallKeys;
  readonly #pace: CallPace;
  readonly #account: string;
  readonly #gate: AccountGate | null;
  readonly #server: { readonly serverAddress: string; readonly serverPort: number };

  constructor(
    @Inject(GLOMOPAY_CONFIG) config: GlomopayConfig,
    @Inject(GLOMOPAY_HTTP) http: HttpService,
    @Inject(GLOMOPAY_CLOCK) clock: Clock,
    @Inject(GLOMOPAY_ACCOUNT) account: string,
    @Inject(GLOMOPAY_GATE) gate: AccountGate | null = null,
  ) {
    this.#gate = gate;
    this.#config = config;
    this.#http = http;
    this.#clock = clock;
    this.#pace = new CallPace(config, clock);
    this.#keys = new CallKeys(config.secretKeys);
    this.#account = account;
    this.#server = serverOf(config.baseUrl);
  }

  /** Makes the call and gives the decoded answer; throws the error that says what has happened. */
  async call<T>(call: GatewayCall<T>): Promise<T> {
    const result = await this.send(call);
    if (result.kind === 'answered') return result.value;
    throw result.failure;
  }

  /**
   * Creates at most one object per `request_id`, however often it is called and whatever happens to
   * an answer; the object of an earlier call is given back.
   */
  createOnce<T, F extends GatewayObject>(create: GuardedCreate<T, F>): Promise<T> {
    return this.#write(underRequestId(create), createdOnce<T, F>);
  }

  /** The same for what the gateway recognises by its nature, such as a customer by the e-mail. */
  createByNature<T, F extends GatewayObject>(create: NaturalCreate<T, F>): Promise<T> {
    return this.#write(create, createdOnce<T, F>);
  }

  /**
   * Creates what the gateway would make twice: it is never sent twice, and where its answer got lost,
   * the one object of its `reference_number` is given back.
   */
  createByReference<T, F extends GatewayObject>(create: ReferencedCreate<T, F>): Promise<T> {
    return this.#write(create, createdByReference<T, F>);
  }

  /** Makes a change that ends in the same state however often it is sent; read where its answer got lost. */
  changeOnce<T>(change: ConvergingChange<T>): Promise<T> {
    return this.#write(change, changedOnce<T>);
  }

  /** Makes the call with its retries. The worst attempt of a write decides what is said in the end. */
  async send<T>(call: GatewayCall<T>): Promise<SendResult<T>> {
    assertRequestOptions(call.options);
    this.#gate?.enter();
    try {
      return await (callChannel.hasSubscribers ? this.#watched(call) : this.#send(call, undefined));
    } finally {
      this.#gate?.leave();
    }
  }

  /**
   * Sends a write and finds out how it ended; an account that closes meanwhile lets both through. Its
   * parts are arguments, not a closure: the stack of an error keeps the function, and what it closes over.
   */
  async #write<Answer, T, W extends { readonly call: GatewayCall<Answer> }>(
    write: W,
    ended: (write: W, result: SendResult<Answer>, clock: Clock) => Promise<T>,
  ): Promise<T> {
    this.#gate?.enter('write');
    try {
      return await ended(write, await this.send<Answer>(write.call), this.#clock);
    } finally {
      this.#gate?.leave('write');
    }
  }

  /** The same, told to whoever listens; what the call does runs in the scope of its start. */
  #watched<T>(call: GatewayCall<T>): Promise<SendResult<T>> {
    const { operation, requestId } = call;
    const id = subjectId(call);
    const secrets = this.#keys.hidden(call);
    const message = Object.freeze({
      method: operation.method,
      path: pathTemplate(operation),
      account: this.#account,
      ...this.#server,
      id: id === undefined ? undefined : scrub(id, secrets),
      requestId: requestId === undefined ? undefined : scrub(requestId, secrets),
    });
    // Arguments, not a closure: the stack of an error keeps the function, and with a closure the card.
    return callChannel.start.runStores(message, this.#sendWatched<T>, this, call, message);
  }

  async #sendWatched<T>(
    call: GatewayCall<T>,
    message: GlomopayCallMessage,
  ): Promise<SendResult<T>> {
    const watch = new WatchedCall(message, this.#clock);
    let result: SendResult<T> | undefined;
    try {
      result = await this.#send(call, watch);
      return result;
    } finally {
      watch.end(result);
    }
  }

  async #send<T>(call: GatewayCall<T>, watch: WatchedCall | undefined): Promise<SendResult<T>> {
    const { operation, requestId, options } = call;
    this.#pace.countCall();
    const kind = callKind(operation, requestId);
    const isRead = operation.method === 'GET';
    const durationMs = options?.deadlineMs ?? this.#config.deadlineMs + uploadMs(call.body);
    const reserveMs = kind === 'harmless' ? 0 : durationMs * LOOK_UP_SHARE;
    const startedAt = this.#clock.date();
    const deadline = new Deadline(this.#clock, durationMs, reserveMs);
    const path = pathOf(call);
    const body = bytesOf(call.body);
    let decisive: FailedVerdict | undefined;
    let renewals = 0;
    try {
      for (let attempt = 1; ; attempt += 1) {
        const keys = this.#keys.now();
        let verdict = await this.#attempt(call, keys, path, body, deadline, watch);
        if (isKeyRefused(verdict) && (await this.#keys.renewed(keys, deadline, options?.signal))) {
          watch?.failed(verdict);
          watch?.retry(0);
          renewals += 1;
          verdict = await this.#attempt(call, this.#keys.now(), path, body, deadline, watch);
        }
        if (verdict.kind === 'answered') return verdict;
        watch?.failed(verdict);
        decisive = isRead ? verdict : worse(decisive, verdict);
        const next = retryPolicy[kind][verdict.kind];
        if (next === 'retry' && (await this.#pace.pause(attempt, verdict, deadline, call, watch))) {
          continue;
        }
        if (options?.signal?.aborted === true) {
          decisive = isRead ? { kind: 'aborted' } : abortable(decisive);
        }
        const failed = { operation, requestId, kind, attempts: attempt + renewals, startedAt };
        return {
          kind: 'failed',
          failure: callError(failed, decisive),
          lookUp: lookUpAfter(next, kind, decisive),
          deadline: deadline.release(),
          startedAt,
        };
      }
    } finally {
      // A form has no card in it, and its file is the caller's.
      if (Buffer.isBuffer(body)) body.fill(0);
    }
  }

  async #attempt<T>(
    call: GatewayCall<T>,
    keys: Secrets,
    path: string,
    body: Buffer | Blob | undefined,
    deadline: Deadline,
    watch: WatchedCall | undefined,
  ): Promise<Verdict<T>> {
    const { operation, options, requestId, decode } = call;
    watch?.attempt();
    const held = await this.#pace.slot(deadline, options?.signal);
    if (held !== undefined) return held;
    const exchange = new Exchange({
      method: operation.method,
      path,
      headers: this.#keys.headers(keys, body),
      body,
      timeoutMs: deadline.clamp(options?.timeoutMs ?? this.#config.timeoutMs + uploadMs(body)),
      signal: options?.signal,
    });
    const config: AxiosRequestConfig & { exchange: Exchange } = { exchange };
    try {
      const { data } = await this.#http.axiosRef.request<unknown, AxiosResponse<ExchangeAnswer>>(
        config,
      );
      watch?.answered(data.status);
      const secrets = this.#keys.hidden(call, keys);
      return verdictOfAnswer({ operation, requestId, decode, secrets }, data);
    } catch (thrown) {
      return verdictOfFailure(thrown);
    }
  }
}

function bytesOf(body: GatewayCall<unknown>['body']): Buffer | Blob | undefined {
  return body === undefined || body instanceof Blob ? body : Buffer.from(JSON.stringify(body));
}
