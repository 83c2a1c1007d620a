import type { FastifyInstance } from 'fastify';
import type { Html } from '../html/html.js';
import type { Serving } from '../http/serving.js';
import { actionRoutes } from './actions.js';
import type { Actions } from './actions.js';
import type { Book, Stored } from './book.js';
import { readRoutes } from './read-routes.js';
import type { ListFilters } from './read-routes.js';

/** What a test may look at: the gateway's own objects, as the API would answer them. */
export interface ReadOnlyView<T> {
  get(id: string): T | undefined;
  /** Newest first. */
  list(): T[];
}

/** How a kind of object is shown on the page at `/`. */
export interface Board<Shown> {
  readonly title: string;
  readonly tiles: readonly { readonly label: string; readonly counts: (item: Shown) => boolean }[];
  readonly row: (item: Shown) => Html;
}

/** The versions of the API; nearly every object is in one of them. */
export type ApiVersion = 'v1' | 'v2';

/** One kind of object: where it is kept, how it is called and how it is shown. */
export interface ResourceParts<Row extends Stored, Shown extends object> {
  readonly book: Book<Row>;
  /** An object as the API answers it. */
  readonly shown: (row: Row) => Shown;
  /** @defaultValue `v1` alone */
  readonly versions?: readonly ApiVersion[];
  /** Under `/api/` and the version; several are spellings of the same. */
  readonly paths: readonly string[];
  /** `none`: it can neither be listed nor fetched. */
  readonly filters: ListFilters<Row> | 'none';
  /** False: there is no call for one object alone. @defaultValue true */
  readonly hasGet?: boolean;
  /** Its calls beside list and get. */
  readonly calls?: (api: FastifyInstance, path: string, serving: Serving) => void;
  /** Its calls on one object. */
  readonly actions?: Actions<Row>;
  /** The same for calls that simulate something: a key of production finds none of them. */
  readonly mocks?: Actions<Row>;
  /** In short, without card data, for `GET /_sandbox/state`. @defaultValue it is not listed there */
  readonly summary?: (row: Row) => object;
  /** @defaultValue it is not on the page */
  readonly board?: Board<Shown>;
}

/** A resource of the API. To a test it is a view of its objects. */
export class Resource<Row extends Stored, Shown extends object> implements ReadOnlyView<Shown> {
  readonly #parts: ResourceParts<Row, Shown>;

  /** @internal */
  constructor(parts: ResourceParts<Row, Shown>) {
    this.#parts = parts;
  }

  get(id: string): Shown | undefined {
    const row = this.#parts.book.get(id);
    return row && this.#parts.shown(row);
  }

  list(): Shown[] {
    return this.#parts.book.list().map(this.#parts.shown);
  }

  /** @internal */
  get book(): Book<Row> {
    return this.#parts.book;
  }

  /** @internal */
  get versions(): readonly ApiVersion[] {
    return this.#parts.versions ?? ['v1'];
  }

  /** @internal */
  serve(api: FastifyInstance, serving: Serving): void {
    for (const path of this.#parts.paths) {
      const { filters } = this.#parts;
      if (filters !== 'none') readRoutes(api, path, { ...this.#parts, filters });
      actionRoutes(api, path, this.#parts, this.#parts.actions);
      if (serving.environment === 'sandbox') {
        actionRoutes(api, path, this.#parts, this.#parts.mocks);
      }
      this.#parts.calls?.(api, path, serving);
    }
  }

  /** Newest first; `undefined` when it is not listed. @internal */
  summaries(): object[] | undefined {
    const { book, summary } = this.#parts;
    return summary && book.list().map(summary);
  }

  /** What the page shows of it, the newest objects first. @internal */
  panel(shownRows: number): Panel | undefined {
    const { board } = this.#parts;
    if (!board) return undefined;
    const items = this.list();
    return {
      title: board.title,
      count: items.length,
      tiles: board.tiles.map(({ label, counts }) => ({
        label,
        count: items.filter(counts).length,
      })),
      rows: items.slice(0, shownRows).map(board.row),
    };
  }
}

/** What the page shows of one resource. */
export interface Panel {
  readonly title: string;
  /** How many objects there are. */
  readonly count: number;
  readonly tiles: readonly { readonly label: string; readonly count: number }[];
  /** The newest of them. */
  readonly rows: readonly Html[];
}
