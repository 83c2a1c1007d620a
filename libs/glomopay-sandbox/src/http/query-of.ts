import { GatewayError } from './gateway-error.js';

/** The query of a request. @throws {GatewayError} 400 when a parameter is repeated (INFERRED). */
export function queryOf({ url }: { readonly url: string }): ReadonlyMap<string, string> {
  const start = url.indexOf('?');
  const query = [...new URLSearchParams(start < 0 ? '' : url.slice(start + 1))];
  const values = new Map(query);
  if (values.size < query.length) throw GatewayError.badRequest('Repeated query parameter');
  return values;
}
