import type { FastifyInstance } from 'fastify';
import type { Fields } from '../http/fields.js';
import { jsonOrNoFields } from '../http/request-body.js';
import type { Book, Stored } from './book.js';

/** What is done to one object by a call of its own. */
export type Action<Row> = (row: Row, fields: Fields) => Row;

/**
 * Actions by method and the rest of the path: `{ 'PATCH pause': … }` is `PATCH /x/{id}/pause`, and
 * `'PATCH '` is `PATCH /x/{id}`. Each row is looked up first: 400 for the id of another kind, 404 for an unknown one.
 */
export type Actions<Row> = Readonly<
  Record<`${'PATCH' | 'POST' | 'DELETE'} ${string}`, Action<Row>>
>;

/**
 * An action whose body is read before anything is done, strictly: an unknown field is refused.
 *
 * @param read what the body may be; `noBody` for an action that has none.
 */
export function action<Row, Input>(
  read: (fields: Fields) => Input,
  run: (row: Row, input: Input) => Row,
): Action<Row> {
  return (row, fields) => {
    const input = read(fields);
    fields.finish();
    return run(row, input);
  };
}

/** Reads the body of an action that has none. */
export function noBody(): void {}

/** Serves actions of a resource under one of its paths; each answers 200 with the object. */
export function actionRoutes<Row extends Stored>(
  api: FastifyInstance,
  path: string,
  { book, shown }: { readonly book: Book<Row>; readonly shown: (row: Row) => object },
  actions: Actions<Row> = {},
): void {
  for (const [name, run] of Object.entries(actions)) {
    const [method = '', rest = ''] = name.split(' ');
    api.route<{ Params: { id: string } }>({
      method,
      url: rest === '' ? `${path}/:id` : `${path}/:id/${rest}`,
      handler: (request) => {
        const row = book.find(request.params.id);
        return shown(run(row, jsonOrNoFields(request)));
      },
    });
  }
}
