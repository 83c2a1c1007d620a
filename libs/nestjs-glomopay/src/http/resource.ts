import type { CallSecret } from '../logging/scrub.js';
import type { HttpMethod } from '../values/http-method.js';
import type { IdKind } from '../values/ids.js';
import { answerAbout } from '../wire/answer-about.js';
import { checkedId, type CheckedId } from '../wire/checked-id.js';
import type { ListFilterInput } from '../wire/list-filter.js';
import { decodePage, type Page } from '../wire/page.js';
import { toQuery, type ListQuery } from '../wire/to-wire.js';
import type { RequestClass } from '../wire/wire.decorator.js';
import type { GatewayClient } from './gateway-client.js';
import { listAll } from './list-all.js';
import { listPage } from './list-page.js';
import type { GatewayObject } from './look-up.js';
import type { RequestOptions } from './request-options.js';

/** Where the objects of a kind are, and how they are read. */
export interface ResourceKind<T> {
  readonly kind: IdKind;
  /** Path of the list, written whole: `/api/v1/orders`. */
  readonly path: string;
  readonly decode: (body: unknown) => T;
  /** Request class of the list's query. */
  readonly filter: RequestClass;
  /** How a page of the list is read. @defaultValue as the gateway documents pages */
  readonly page?: typeof decodePage;
  /** What of that query nothing may show. */
  readonly secrets?: (query: ListQuery) => readonly CallSecret[];
}

/** A change of one object that ends in the same state however often it is sent. */
export interface Change<T> {
  /** @defaultValue `PATCH` */
  readonly method?: 'PATCH' | 'POST';
  /** What follows the id in the path, written whole: `update-rfi`. @defaultValue nothing */
  readonly action?: string;
  /**
   * Where it goes when that is not below the list: `/api/v1/payment/{paymentId}/connect-payin/{payinId}`.
   * The object's own id is under the name of its kind.
   */
  readonly path?: string;
  /** Further ids of the path, by the names of their places. */
  readonly ids?: Readonly<Record<string, CheckedId>>;
  /** In wire names: what `toWire` gives. */
  readonly body?: Readonly<Record<string, unknown>>;
  /** Whether the object is as the change leaves it; asked when no answer came back. */
  readonly reached: (now: T) => boolean;
  /** True: what the body of the answer holds is not documented, so that the object is fetched instead. */
  readonly fetched?: boolean;
  /** What to do when the outcome is unknown: as `advice` of an operation. */
  readonly advice?: string;
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
    return this.#page(toQuery(this.#of.filter, filter), options);
  }

  /** Every object that matches the filter as it is when the first one is asked for, page by page. */
  listAll(filter: F, options?: RequestOptions): AsyncGenerator<T> {
    let query: ListQuery | undefined;
    return listAll((page) => {
      query ??= { page, ...toQuery(this.#of.filter, filter) };
      return this.#page({ ...query, page }, options);
    }, filter.page ?? 1);
  }

  /**
   * Makes a change and gives the object as it is then. It may be sent more than once; when no answer
   * came back, the object is fetched, and given back if it is as the change leaves it.
   *
   * @throws {GlomopayOutcomeUnknownError} it is not, or could not be fetched; the change may still come.
   */
  async change(id: string, change: Change<T>, options?: RequestOptions): Promise<T> {
    const { kind } = this.#of;
    const checked = checkedId(kind, id);
    const about = this.#about(checked, change.method ?? 'PATCH');
    const { action, fetched = false, advice, body } = change;
    const { path = [about.operation.path, ...(action === undefined ? [] : [action])].join('/') } =
      change;
    return this.#client.changeOnce({
      call: {
        operation: {
          ...about.operation,
          path,
          repeat: 'converges',
          ...(advice !== undefined && { advice }),
        },
        ids: { ...change.ids, ...about.ids },
        body,
        decode: fetched ? () => null : about.decode,
        options,
      },
      read: (look) => this.get(checked, look),
      reached: change.reached,
    });
  }

  #page(query: ListQuery, options: RequestOptions | undefined): Promise<Page<T>> {
    const { path, decode, secrets, page = decodePage } = this.#of;
    return listPage(this.#client, {
      operation: { method: 'GET', path },
      query,
      secrets: secrets?.(query),
      decode: (body) => page(body, decode),
      options,
    });
  }

  #about<M extends HttpMethod>(id: CheckedId, method: M) {
    const { kind, path, decode } = this.#of;
    const place = `${kind}Id`;
    return {
      operation: { method, path: `${path}/{${place}}` },
      ids: { [place]: id },
      decode: answerAbout(kind, id, decode),
    };
  }
}
