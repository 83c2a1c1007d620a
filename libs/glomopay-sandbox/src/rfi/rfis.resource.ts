import { action } from '../books/actions.js';
import { NO_FILTERS } from '../books/read-routes.js';
import { Resource } from '../books/resource.js';
import type { ResourceKit } from '../resource-kit.js';
import { readRfiAnswers } from './read-answers.js';
import type { Rfi, RfiRecord } from './rfi.js';

/** `/api/v1/rfis`: list, get, respond. */
export function rfiResource({ rfis }: ResourceKit): Resource<RfiRecord, Rfi> {
  return new Resource<RfiRecord, Rfi>({
    book: rfis.book,
    shown: ({ rfi }) => rfi,
    paths: ['/rfis'],
    filters: NO_FILTERS,
    actions: {
      'PATCH respond': action(
        (fields) => {
          // Its shape is not documented.
          fields.anyObject('fields');
          return readRfiAnswers(fields, 'doc_id');
        },
        ({ id }, answers) => {
          rfis.answer(id, answers);
          return rfis.book.find(id);
        },
      ),
    },
    summary: ({ rfi: { id, status, response_deadline }, objectId, created_at }) => ({
      id,
      status,
      response_deadline,
      object_id: objectId,
      created_at,
    }),
  });
}
