import type { FastifyRequest } from 'fastify';
import { GatewayError } from './gateway-error.js';

/**
 * The form that a request carries, whole or refused. Read by the form reader that comes with Node.
 * A field that is not among those named, or is there twice, is refused.
 */
export async function multipartForm(
  request: FastifyRequest,
  fields: readonly string[],
): Promise<FormData> {
  // INFERRED texts: the documentation gives none for an unreadable body.
  const type = request.headers['content-type'] ?? '';
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    throw GatewayError.badRequest('Content-Type must be multipart/form-data');
  }
  const bytes: unknown = request.body;
  const form = await formOf(Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0), type);
  const names = [...form.keys()];
  if (!names.every((name) => fields.includes(name))) {
    throw GatewayError.validation(['Request contains an unknown field']);
  }
  if (new Set(names).size < names.length) {
    throw GatewayError.validation(['Request contains a repeated field']);
  }
  return form;
}

async function formOf(bytes: Buffer, type: string): Promise<FormData> {
  try {
    return await new Response(bytes, { headers: { 'content-type': type } }).formData();
  } catch {
    throw GatewayError.badRequest('Malformed form');
  }
}
