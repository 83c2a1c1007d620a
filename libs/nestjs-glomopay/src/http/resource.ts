import { GlomopayError } from '../errors/glomopay.error.js';
import { GlomopayOutcomeUnknownError } from '../errors/outcome-unknown.error.js';
import type { IdKind } from '../values/ids.js';
import { answerAbout } from '../wire/answer-about.js';
import { checkedId, type CheckedId } from '../wire/checked-id.js';
import type { ListFilterInput } from '../wire/list-filter.js';
import { decodePage, type Page } from '../wire/page.js';
import { toQuery, toWire } from '../wire/to-wire.js';
import type { RequestClass } from '../wire/wire.decorator.js';
import type { GatewayObject } from './create-once.js';
import type { FailedResult } from './gateway-call.js';
import type { GatewayClient } from './gateway-client.js';
import { listAll } from './list-all.js';
import { listPage } from './list-page.js';
import type { RequestOptions } from './request-options.js';

/** Where the objects of a kind are, and how they are read. */
export interface ResourceKind<T> {
  readonly kind: IdKind;
  /** Path of the list, written whole: `/api/v1/orders`. */
  readonly path: string;
  readonly decode: (body: unknown) => T;
  /** Request class of the list's query. */
  readonly filter: RequestClass;
}

/** The calls that every resource has. Its service gives them their names and their documentation. */
export class Resource<T extends GatewayObject, F extends ListFilterInput> {
  readonly #client: GatewayClient;
  readonly #of: ResourceKind<T>;

  constructor(client: GatewayClient, of: ResourceKind<T>) {
    this.#client = client;
    this.#of = of;
  }

  /** Fetches one object; an answer about another one is refused. */
  async get(id: string, options?: RequestOptions, maxAttempts?: number): Promise<T> {
    return this.#client.call({
      ...this.#about(checkedId(this.#of.kind, id), 'GET'),
      options,
      ...(maxAttempts !== undefined && { maxAttempts }),
    });
  }

  /** One page. What cannot be read is under `unreadable`, and told to the log. */
  async list(filter: F, options?: RequestOptions): Promise<Page<T>> {
    const { path, decode } = this.#of;
    return listPage(this.#client, {
      operation: { method: 'GET', path },
      query: toQuery(this.#of.filter, filter),
      decode: (body) => decodePage(body, decode),
      options,
    });
  }

  /** Every object that matches, page by page. */
  listAll(filter: F, options?: RequestOptions): AsyncGenerator<T> {
    return listAll((page) => this.list({ ...filter, page }, options), filter.page);
  }

  /**
   * Sends the members of an object that are to be others. It is never sent twice: when its answer got
   * lost, the object is fetched, and given back if it shows every one of them.
   */
  async change(
    id: string,
    type: RequestClass,
    changes: object,
    options?: RequestOptions,
  ): Promise<T> {
    const { kind } = this.#of;
    const call = this.#about(checkedId(kind, id), 'PATCH');
    const body = toWire(type, `change of a ${kind}`, changes);
    const result = await this.#client.send({ ...call, body, options });
    if (result.kind === 'answered') return result.value;
    const now = await this.#afterLost(id, result, options?.signal);
    if (now === undefined || !shows(now, body)) throw result.failure;
    return now;
  }

  /** What has become of an object after a change without an answer; undefined when it cannot be told. */
  async #afterLost(
    id: string,
    { failure, deadline }: FailedResult,
    signal: AbortSignal | undefined,
  ): Promise<T | undefined> {
    if (!(failure instanceof GlomopayOutcomeUnknownError) || signal?.aborted === true) {
      return undefined;
    }
    const deadlineMs = Math.max(1, deadline.left());
    return this.get(id, { signal, deadlineMs }).catch((thrown: unknown) => {
      if (thrown instanceof GlomopayError) return undefined;
      throw thrown;
    });
  }

  #about<M extends 'GET' | 'PATCH'>(id: CheckedId, method: M) {
    const { kind, path, decode } = this.#of;
    const place = `${kind}Id`;
    return {
      operation: { method, path: `${path}/{${place}}` },
      ids: { [place]: id },
      decode: answerAbout(kind, id, decode),
    };
  }
}

/** Whether an object has every member as it was sent. */
function shows({ raw }: GatewayObject, sent: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(sent).every(([name, value]) => raw[name] === value);
}
