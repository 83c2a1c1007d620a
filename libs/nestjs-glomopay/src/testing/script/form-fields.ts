import type { ExchangeRequest } from '../../http/exchange.js';
import type { Body } from './scripted-resource.js';

/** The fields of a form: its texts, and of each file the name, type and size. Undefined: it is no form. */
export async function formFields(body: ExchangeRequest['body']): Promise<Body | undefined> {
  if (!(body instanceof Blob)) return undefined;
  const form = await new Response(body, { headers: { 'content-type': body.type } }).formData();
  return Object.fromEntries(
    [...form].map(([name, value]) => [
      name,
      typeof value === 'string'
        ? value
        : { file_name: value.name, type: value.type, size: value.size },
    ]),
  );
}
