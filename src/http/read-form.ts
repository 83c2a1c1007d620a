import { ShopProblem } from '../problems/shop-problem.js';
import type { ShopRequest } from './shop-request.js';

/** Forms of the shop's own pages have a few short fields. */
const MOST_BYTES = 4096;

/**
 * Reads what a form of a page without a script has sent. Only the route that calls it takes forms: any
 * other wants JSON, which no foreign page can send.
 */
export async function readForm(request: ShopRequest): Promise<ReadonlyMap<string, string>> {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== 'application/x-www-form-urlencoded') {
    throw ShopProblem.withMessage(415, 'This takes the form of a page.');
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MOST_BYTES) {
      throw ShopProblem.withMessage(413, 'The form is too large.');
    }
    chunks.push(bytes);
  }
  const fields = new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
  const form = new Map(fields);
  if (form.size !== fields.size) {
    throw ShopProblem.withMessage(400, 'A field was sent twice.');
  }
  return form;
}
