import { Named } from '../../errors/named.decorator.js';
import { Exchange, type ExchangeAnswer } from '../../http/exchange.js';
import { TransportFailure } from '../../http/transport-failure.js';
import type { IdText } from '../../values/ids.js';
import { decisionOf, type BankDecision, type ScriptedOutcome } from './bank-decision.js';
import { refuseProduction } from './refuse-production.js';
import { bytesOf, refusal, type ScriptedAnswer } from './scripted-answer.js';
import { assertFault, failing, type ScriptedFault } from './scripted-fault.js';
import { ScriptedGateway } from './scripted-gateway.js';
import { ScriptedOperation } from './scripted-operation.js';
import { scriptedRequest, type ScriptedRequest } from './scripted-request.js';

/** How often a scripted answer or fault is given. */
export interface ScriptedTimes {
  /** Requests it is given to, each attempt of a retried call counting. @defaultValue 1 */
  readonly times?: number;
}

/** The keys of an account of the script. Made up, so they are no secrets. */
export interface ScriptedKeys {
  /** @defaultValue `glomopay-testing-secret-key` */
  readonly secretKey?: string;
  /** @defaultValue `glomopay-testing-webhook-secret` */
  readonly webhookSecret?: string;
}

interface Entry {
  readonly operation: ScriptedOperation;
  readonly give: (request: ScriptedRequest, carryOut: () => ScriptedAnswer) => ScriptedAnswer;
  left: number;
}

/**
 * The gateway in this process: no port, no network. What is not scripted it answers by itself, and
 * remembers: an order that was created can be fetched and paid, a `request_id` is used once.
 *
 * @example
 * script.fail('POST /api/v1/payments', 'drop-after-commit');
 * const attempt = await payments.create({ orderId, card, requestId: 'purchase-1' });
 * script.complete(attempt.paymentId, 'approve');
 */
@Named('GlomopayScript')
export class GlomopayScript {
  /** The key that the module is configured with, for `signCallback`. */
  readonly secretKey: string;
  /** For `signWebhook`. */
  readonly webhookSecret: string;
  #gateway = new ScriptedGateway();
  #entries: Entry[] = [];
  #requests: ScriptedRequest[] = [];

  /** @throws {GlomopayConfigurationError} in production. */
  constructor({ secretKey, webhookSecret }: ScriptedKeys = {}) {
    refuseProduction('GlomopayScript');
    this.secretKey = secretKey ?? 'glomopay-testing-secret-key';
    this.webhookSecret = webhookSecret ?? 'glomopay-testing-webhook-secret';
  }

  /** Everything that was sent, the oldest first; each attempt of a retried call is one. */
  get requests(): readonly ScriptedRequest[] {
    return this.#requests;
  }

  /**
   * Gives an answer to the next request of an operation, in the order of scripting.
   *
   * @param operation Method and path, with `{id}` for any id: `GET /api/v1/payments/{id}`. `:id` says
   *   the same, and `/payment` is `/payments`.
   * @param answer An answer, or what makes one; if that throws, the call fails with an unknown outcome.
   */
  answer(
    operation: string,
    answer: ScriptedAnswer | ((request: ScriptedRequest) => ScriptedAnswer),
    { times = 1 }: ScriptedTimes = {},
  ): this {
    const give = typeof answer === 'function' ? answer : () => answer;
    return this.#add({ operation: new ScriptedOperation(operation), give, left: times });
  }

  /** Lets the next request of an operation fail. Otherwise as {@link answer}. */
  fail(operation: string, fault: ScriptedFault, { times = 1 }: ScriptedTimes = {}): this {
    assertFault(fault);
    return this.#add({
      operation: new ScriptedOperation(operation),
      give: (_, carryOut) => failing(fault, carryOut),
      left: times,
    });
  }

  /**
   * Ends a payment or a refund as the bank would, and gives it as the gateway has it now, which is what a
   * webhook carries: `signWebhook({ type: 'payment.success', data })`. Nothing is sent to the host.
   *
   * @param decision What the bank says; `'success'` and `'failed'` are other words for `'approve'` and
   *   `'decline'`.
   * @throws {TypeError} there is no such payment, refund or decision, or it has ended the other way.
   */
  complete(
    id: IdText<'payment' | 'refund'>,
    decision: BankDecision | ScriptedOutcome,
  ): Readonly<Record<string, unknown>> {
    return this.#gateway.complete(id, decisionOf(decision));
  }

  /** Forgets what was scripted, sent and remembered. */
  reset(): void {
    this.#gateway = new ScriptedGateway();
    this.#entries = [];
    this.#requests = [];
  }

  /** @internal */
  exchange(exchange: Exchange, form: ScriptedRequest['body']): ExchangeAnswer {
    const opened = exchange.open();
    if (opened.signal?.aborted === true) throw new TransportFailure('aborted', true);
    const { pathname, searchParams } = new URL(opened.path, 'https://gateway.test');
    const route = this.#gateway.route(pathname);
    const request = scriptedRequest(opened, route, searchParams, form);
    this.#requests.push(request);
    const carryOut = () => this.#gateway.answer(request, route) ?? unknownCall(request);
    const entry = this.#next(request.method, pathname);
    const answer = entry?.give(request, carryOut) ?? carryOut();
    return { status: answer.status ?? 200, retryAfter: answer.retryAfter, body: bytesOf(answer) };
  }

  #add(entry: Entry): this {
    this.#entries.push(entry);
    return this;
  }

  #next(method: string, path: string): Entry | undefined {
    const entry = this.#entries.find(
      ({ operation, left }) => left > 0 && operation.matches(method, path),
    );
    if (entry !== undefined) entry.left -= 1;
    return entry;
  }
}

function unknownCall({ method, path }: ScriptedRequest): ScriptedAnswer {
  const call = `${method} ${path}`;
  const advice = `GlomopayScript has no answer to this; give it one with script.answer('${call}', …)`;
  return refusal(400, 'Bad Request', advice);
}
